def one():
    pass


def two():
    pass


class Box:
    def __init__(self, f):
        self.f = f


a = Box(one)  # -> Box.__init__
b = Box(two)  # -> Box.__init__
a.f()  # -> one
b.f()  # -> two
