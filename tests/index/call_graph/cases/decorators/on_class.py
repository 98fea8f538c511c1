def register(cls):
    cls()  # -> A.__init__
    return cls


@register  # -> register
class A:
    def __init__(self):
        pass


A()  # -> A.__init__
