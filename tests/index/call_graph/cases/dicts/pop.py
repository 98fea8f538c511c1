def one():
    pass


table = {"a": one}
table.pop("a")()  # -> one
