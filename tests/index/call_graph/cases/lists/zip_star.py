def one():
    pass


def two():
    pass


pairs = [("a", one), ("b", two)]
names, functions = zip(*pairs)
functions[0]()  # -> one
