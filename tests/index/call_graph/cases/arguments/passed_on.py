def leaf():
    pass


def inner(f):
    f()  # -> leaf


def outer(f):
    inner(f)  # -> inner


outer(leaf)  # -> outer
