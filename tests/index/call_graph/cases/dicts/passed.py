def one():
    pass


def two():
    pass


def run(table):
    table["a"]()  # -> one


run({"a": one, "b": two})  # -> run
