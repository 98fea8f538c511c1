def f():
    pass


def g():
    pass


table = dict(a=f, b=g)
table["a"]()  # -> f
