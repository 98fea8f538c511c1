def red():
    pass


def blue():
    pass


def paint(a, b):
    b()  # -> blue


paint(red, blue)  # -> paint
