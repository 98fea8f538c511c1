class Meta(type):
    pass


class A(metaclass=Meta):
    def __init__(self):
        pass


A()  # -> A.__init__
