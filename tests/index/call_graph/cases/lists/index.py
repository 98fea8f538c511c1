def one():
    pass


def two():
    pass


functions = [one, two]
functions[1]()  # -> two
functions[-2]()  # -> one
