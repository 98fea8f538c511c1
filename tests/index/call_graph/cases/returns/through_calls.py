def leaf():
    pass


def inner():
    return leaf


def outer():
    return inner()  # -> inner


outer()()  # -> outer, leaf
