def leaf():
    pass


class A:
    def __init__(self):
        self._f = leaf

    def get(self):
        return self._f


A().get()()  # -> A.__init__, A.get, leaf
