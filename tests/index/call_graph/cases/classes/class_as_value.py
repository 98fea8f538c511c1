class A:
    def __init__(self):
        pass


def make(kind):
    return kind()  # -> A.__init__


made = A
made()  # -> A.__init__
make(A)  # -> make
