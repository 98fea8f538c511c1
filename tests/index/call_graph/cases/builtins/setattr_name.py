def leaf():
    pass


class A:
    pass


def install(target, name, value):
    target.callback = value


a = A()
install(a, "x", leaf)  # -> install
a.callback()  # -> leaf
