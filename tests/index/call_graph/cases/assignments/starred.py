def one():
    pass


def two():
    pass


first, *rest = [one, two]
first()  # -> one
