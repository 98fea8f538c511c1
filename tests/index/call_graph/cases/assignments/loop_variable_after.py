def one():
    pass


def two():
    pass


for f in (one, two):
    pass
f()  # -> one, two
