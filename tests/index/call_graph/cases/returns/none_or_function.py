def leaf():
    pass


def find(name):
    if name:
        return leaf
    return None


f = find("x")  # -> find
if f is not None:
    f()  # -> leaf
