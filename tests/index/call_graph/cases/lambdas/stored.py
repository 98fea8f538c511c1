def one():
    pass


def two():
    pass


table = {"a": lambda: one(), "b": lambda: two()}  # -> one, two
table["a"]()
