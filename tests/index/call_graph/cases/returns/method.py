class A:
    def go(self):
        pass

    def get(self):
        return self.go


A().get()()  # -> A.get, A.go
