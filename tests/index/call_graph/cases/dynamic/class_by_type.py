class A:
    def __init__(self):
        pass

    def clone(self):
        return type(self)()  # -> A.__init__

    def again(self):
        return self.__class__()  # -> A.__init__


a = A()  # -> A.__init__
a.clone()  # -> A.clone
a.again()  # -> A.again
