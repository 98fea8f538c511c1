class A:
    def go(self):
        pass


Parent = A


class B(Parent):
    pass


B().go()  # -> A.go
