def leaf():
    pass


def keep(f, g):
    return f


keep(leaf, print)()  # -> keep, leaf
