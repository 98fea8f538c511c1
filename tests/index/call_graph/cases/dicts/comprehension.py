def one():
    pass


names = ["a", "b"]
table = {name: one for name in names}
table["a"]()  # -> one
