def one():
    pass


def two():
    pass


pick = lambda flag: one if flag else two
pick(1)()  # -> one, two
