def one():
    pass


def two():
    pass


def pick(number):
    if number == 1:
        chosen = one
    elif number == 2:
        return None
    else:
        chosen = two
    return chosen


pick(1)()  # -> pick, one, two
