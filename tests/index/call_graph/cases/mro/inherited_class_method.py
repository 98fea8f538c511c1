class A:
    @classmethod
    def make(cls):
        return cls()  # -> B.__init__

    def __init__(self):
        pass


class B(A):
    def __init__(self):
        pass


B.make()  # -> A.make
