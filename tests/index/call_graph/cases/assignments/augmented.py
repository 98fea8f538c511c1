def one():
    pass


def two():
    pass


functions = [one]
functions += [two]
for function in functions:
    function()  # -> one, two
