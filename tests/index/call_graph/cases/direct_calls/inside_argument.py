def value():
    return 1


def show(x):
    pass


show(value() + value())  # -> show, value
