def leaf():
    pass


def apply(f):
    f()


apply(lambda: leaf())  # -> apply, leaf
