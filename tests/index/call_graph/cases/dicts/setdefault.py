def one():
    pass


table = {}
table.setdefault("a", one)()  # -> one
