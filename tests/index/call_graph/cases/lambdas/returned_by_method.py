class A:
    def later(self):
        return lambda: self.go()  # -> A.go

    def go(self):
        pass


A().later()()  # -> A.later
