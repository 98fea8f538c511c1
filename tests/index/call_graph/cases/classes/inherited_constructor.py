class Base:
    def __init__(self):
        pass


class Sub(Base):
    pass


Sub()  # -> Base.__init__
