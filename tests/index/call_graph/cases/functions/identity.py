def same(f):
    return f


def one():
    pass


def two():
    pass


same(one)()  # -> same, one
same(two)()  # -> same, two
