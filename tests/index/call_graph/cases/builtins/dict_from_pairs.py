def one():
    pass


table = dict([("a", one)])
table["a"]()  # -> one
