class Pair:
    def __iter__(self):
        yield one
        yield two


def one():
    pass


def two():
    pass


for f in Pair():  # -> Pair.__iter__
    f()  # -> one, two
