def one():
    pass


def two():
    pass


def run(flag):
    f = one if flag else two
    f()  # -> one, two


run(1)  # -> run
