def one():
    pass


def pick():
    f = one
    return f


g = pick()  # -> pick
g()  # -> one
