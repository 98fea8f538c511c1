class A:
    def go(self):
        pass


def make() -> "A":
    return A()


a = make()  # -> make
a.go()  # -> A.go
