class A:
    @classmethod
    def make(cls):
        return cls()


class B(A):
    @classmethod
    def make(cls):
        return super().make()  # -> A.make

    def go(self):
        pass


B.make().go()  # -> B.make, B.go
