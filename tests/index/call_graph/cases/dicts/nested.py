def one():
    pass


def two():
    pass


table = {"x": {"a": one}, "y": {"a": two}}
table["y"]["a"]()  # -> two
