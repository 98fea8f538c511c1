class A:
    def __init__(self):
        pass


a = A()  # -> A.__init__
b = type(a)()  # -> A.__init__
