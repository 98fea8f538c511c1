def one():
    pass


def two():
    pass


functions = [one, two]
for number, function in enumerate(functions):
    function()  # -> one, two
for function, number in zip([one], [1]):
    function()  # -> one
