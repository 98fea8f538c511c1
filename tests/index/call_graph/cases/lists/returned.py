def one():
    pass


def steps():
    return [one]


for step in steps():  # -> steps
    step()  # -> one
