def one():
    pass


def two():
    pass


table = {"a": one, "b": two}
for function in table.values():
    function()  # -> one, two
