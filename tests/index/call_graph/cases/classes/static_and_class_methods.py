class A:
    @staticmethod
    def plain(f):
        f()  # -> leaf

    @classmethod
    def make(cls):
        cls.plain(leaf)  # -> A.plain
        return cls()  # -> A.__init__

    def __init__(self):
        pass


def leaf():
    pass


A.make()  # -> A.make
A().plain(leaf)  # -> A.plain, A.__init__
