def one():
    pass


def two():
    pass


for name, function in [("a", one), ("b", two)]:
    function()  # -> one, two
