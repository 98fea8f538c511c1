def one():
    pass


def two():
    pass


def run(flag):
    a, b = one, two
    if flag:
        a, b = two, two
    b()  # -> two


run(True)  # -> run
