def leaf():
    pass


def make():
    yield leaf


first, = make()  # -> make
first()  # -> leaf
