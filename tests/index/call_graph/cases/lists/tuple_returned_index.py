def one():
    pass


def two():
    pass


def both():
    return (one, two)


both()[1]()  # -> both, two
