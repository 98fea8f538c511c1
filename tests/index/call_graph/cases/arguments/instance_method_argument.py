def leaf():
    pass


class A:
    def run(self, f, g=None):
        f()  # -> leaf


a = A()
a.run(leaf)  # -> A.run
A.run(a, leaf)  # -> A.run
