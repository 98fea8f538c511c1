def one():
    pass


def two():
    pass


def both():
    return one, two


a, b = both()  # -> both
b()  # -> two
