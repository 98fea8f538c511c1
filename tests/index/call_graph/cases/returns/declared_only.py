class A:
    def go(self):
        pass


def make() -> A: ...


make().go()  # -> make, A.go
