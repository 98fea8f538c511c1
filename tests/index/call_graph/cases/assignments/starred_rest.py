def one():
    pass


def two():
    pass


def three():
    pass


first, *rest = [one, two, three]
first()  # -> one
rest[0]()  # -> two
for function in rest:
    function()  # -> two, three
