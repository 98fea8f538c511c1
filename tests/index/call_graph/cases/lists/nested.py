def one():
    pass


def two():
    pass


table = [[one], [two]]
table[1][0]()  # -> two
