def make(f):
    return lambda x: f(x)  # -> leaf


def leaf(x):
    pass


make(leaf)(1)  # -> make
