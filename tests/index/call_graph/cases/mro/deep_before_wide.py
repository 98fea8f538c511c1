class Root:
    def go(self):
        pass


class Left(Root):
    pass


class Right:
    def go(self):
        pass


class Bottom(Left, Right):
    pass


Bottom().go()  # -> Root.go
