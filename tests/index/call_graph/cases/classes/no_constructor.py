class A:
    def go(self):
        pass


a = A()
a.go()  # -> A.go
