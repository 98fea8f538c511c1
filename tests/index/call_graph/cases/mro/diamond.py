class Base:
    def go(self):
        pass


class Left(Base):
    pass


class Right(Base):
    def go(self):
        pass


class Bottom(Left, Right):
    pass


Bottom().go()  # -> Right.go
