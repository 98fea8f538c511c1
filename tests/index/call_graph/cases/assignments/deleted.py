def one():
    pass


def two():
    pass


f = one
del f
f = two
f()  # -> two
