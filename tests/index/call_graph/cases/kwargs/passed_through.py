def leaf():
    pass


def inner(action=None):
    action()  # -> leaf


def outer(**options):
    inner(**options)  # -> inner


outer(action=leaf)  # -> outer
