class A:
    pass


def go():
    pass


a = A()
setattr(a, "go", go)
a.other = go
a.other()  # -> go
