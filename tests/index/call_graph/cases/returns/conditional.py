def one():
    pass


def two():
    pass


def pick(flag):
    return one if flag else two


f = pick(True)  # -> pick
f()  # -> one, two
