def f():
    pass


def g():
    f()  # -> f


def f():
    pass


g()  # -> g
