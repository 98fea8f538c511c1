class A:
    def __new__(cls):
        return object.__new__(cls)

    def go(self):
        pass


A().go()  # -> A.__new__, A.go
