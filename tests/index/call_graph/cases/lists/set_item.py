def one():
    pass


def two():
    pass


functions = [None, None]
functions[0] = one
functions[1] = two
functions[0]()  # -> one
