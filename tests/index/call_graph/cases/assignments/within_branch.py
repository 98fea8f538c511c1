import sys


def one():
    pass


def two():
    pass


f = one
if sys.argv:
    f = two
    f()  # -> two
else:
    f()  # -> one
