def first():
    second()  # -> second


def second():
    pass


first()  # -> first
