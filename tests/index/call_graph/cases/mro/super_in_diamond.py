class Base:
    def go(self):
        pass


class Left(Base):
    def go(self):
        super().go()  # -> Right.go


class Right(Base):
    def go(self):
        super().go()  # -> Base.go


class Bottom(Left, Right):
    def go(self):
        super().go()  # -> Left.go


Bottom().go()  # -> Bottom.go
