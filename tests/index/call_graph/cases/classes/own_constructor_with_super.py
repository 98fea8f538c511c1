class Base:
    def __init__(self):
        pass


class Sub(Base):
    def __init__(self):
        super().__init__()  # -> Base.__init__


Sub()  # -> Sub.__init__
