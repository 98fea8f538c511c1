class A:
    @property
    def x(self):
        return 1

    @x.setter
    def x(self, value):
        self.check(value)  # -> A.check

    def check(self, value):
        pass


A().check(1)  # -> A.check
