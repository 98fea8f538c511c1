def weight(x):
    return 1


def one():
    pass


max([one], key=weight)()  # -> one, weight
