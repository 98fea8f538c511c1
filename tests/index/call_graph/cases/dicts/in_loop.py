def one():
    pass


def two():
    pass


table = {}
for name, f in [("a", one), ("b", two)]:
    table[name] = f
table["a"]()  # -> one, two
