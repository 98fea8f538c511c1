from contextlib import contextmanager


def leaf():
    pass


@contextmanager
def opened():
    yield leaf


with opened() as f:  # -> opened
    f()  # -> leaf
