class C:
    def hit(self):
        pass


class B:
    def __init__(self):
        self.c = C()


class A:
    def __init__(self):
        self.b = B()  # -> B.__init__


a = A()  # -> A.__init__
a.b.c.hit()  # -> C.hit
