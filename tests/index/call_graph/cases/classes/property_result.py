def leaf():
    pass


class A:
    @property
    def action(self):
        return leaf


A().action()  # -> leaf
