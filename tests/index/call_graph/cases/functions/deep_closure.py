def a(f):
    def b():
        def c():
            f()  # -> leaf

        return c

    return b


def leaf():
    pass


a(leaf)()()  # -> a, a.b, a.b.c
