def one():
    pass


def two():
    pass


TABLE = {"a": one, "b": two}
