def one():
    pass


def two():
    pass


functions = [one]
functions.insert(0, two)
functions[0]()  # -> one, two
