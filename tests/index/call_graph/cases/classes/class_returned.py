class A:
    def __init__(self):
        pass

    def go(self):
        pass


def kind():
    return A


thing = kind()()  # -> kind, A.__init__
thing.go()  # -> A.go
