import sys


def one():
    pass


def two():
    pass


if sys.argv:
    f = one
else:
    f = two
f()  # -> one, two
