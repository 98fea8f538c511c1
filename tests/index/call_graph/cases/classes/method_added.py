class A:
    pass


def go(self):
    pass


A.go = go
A().go()  # -> go
