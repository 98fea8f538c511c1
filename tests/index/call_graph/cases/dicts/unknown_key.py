import sys


def one():
    pass


def two():
    pass


table = {"a": one, "b": two}
table[sys.argv[1]]()  # -> one, two
