def leaf():
    pass


def make():
    return leaf


make()()  # -> make, leaf
