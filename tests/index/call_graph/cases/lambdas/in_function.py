def leaf():
    pass


def make():
    return lambda: leaf()  # -> leaf


make()()  # -> make
