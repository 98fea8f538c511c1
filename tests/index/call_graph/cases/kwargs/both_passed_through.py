def one():
    pass


def two():
    pass


def inner(first, second):
    first()  # -> one
    second()  # -> two


def outer(*args, **kwargs):
    inner(*args, **kwargs)  # -> inner


outer(one, second=two)  # -> outer
