def leaf():
    pass


class A:
    def __init__(self):
        self.f = leaf


class B(A):
    def go(self):
        self.f()  # -> leaf


B().go()  # -> A.__init__, B.go
