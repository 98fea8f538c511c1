def one():
    pass


def two():
    pass


def pick(flag):
    if flag:
        return one
    return two


pick(1)()  # -> pick, one, two
