def one():
    pass


def two():
    pass


try:
    import json

    f = one
except ImportError:
    f = two
f()  # -> one, two
