def one():
    pass


def two():
    pass


functions = []
functions.append(one)
functions.extend([two])
for function in functions:
    function()  # -> one, two
