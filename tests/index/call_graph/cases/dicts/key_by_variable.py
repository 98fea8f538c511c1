def one():
    pass


def two():
    pass


key = "a"
{"a": one, "b": two}[key]()  # -> one
