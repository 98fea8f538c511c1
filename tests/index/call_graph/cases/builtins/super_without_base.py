class A:
    def __init__(self):
        super().__init__()
        self.go()  # -> A.go

    def go(self):
        pass


A()  # -> A.__init__
