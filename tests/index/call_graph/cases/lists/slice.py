def one():
    pass


def two():
    pass


functions = [one, two]
for function in functions[:1]:
    function()  # -> one, two
