from functools import partial


def add(a, b):
    return a


increase = partial(add, 1)
increase(2)  # -> add
