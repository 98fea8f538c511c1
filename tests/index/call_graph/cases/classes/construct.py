class A:
    def __init__(self):
        self.prepare()  # -> A.prepare

    def prepare(self):
        pass


A()  # -> A.__init__
