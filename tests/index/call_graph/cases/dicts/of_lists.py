def one():
    pass


def two():
    pass


table = {"a": [one], "b": [two]}
for f in table["a"]:
    f()  # -> one
