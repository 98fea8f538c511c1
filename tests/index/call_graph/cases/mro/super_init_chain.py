class A:
    def __init__(self, f):
        self.f = f


class B(A):
    def __init__(self, f):
        super().__init__(f)  # -> A.__init__

    def run(self):
        self.f()  # -> leaf


def leaf():
    pass


B(leaf).run()  # -> B.__init__, B.run
