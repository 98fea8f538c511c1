class A:
    def go(self):
        self.step()  # -> B.step

    def step(self):
        pass


class B(A):
    def step(self):
        pass


B().go()  # -> A.go
