class A:
    def go(self):
        pass


a = A()
go = a.go
go()  # -> A.go
