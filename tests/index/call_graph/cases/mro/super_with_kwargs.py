class A:
    def __init__(self, f=None, **rest):
        self.f = f


class B(A):
    def __init__(self, **options):
        super().__init__(**options)  # -> A.__init__


def leaf():
    pass


b = B(f=leaf)  # -> B.__init__
b.f()  # -> leaf
