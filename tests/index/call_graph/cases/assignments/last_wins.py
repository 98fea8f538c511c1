def one():
    pass


def two():
    pass


f = one
f = two
f()  # -> two
