def one():
    pass


def two():
    pass


def inner():
    return one, two


def outer():
    a, b = inner()  # -> inner
    return b


outer()()  # -> outer, two
