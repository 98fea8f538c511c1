import a


def two():
    a.one()  # -> a:one
