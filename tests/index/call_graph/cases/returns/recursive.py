def leaf():
    pass


def find(depth):
    if depth:
        return find(depth - 1)  # -> find
    return leaf


find(3)()  # -> find, leaf
