def a():
    pass


def b():
    pass


def c():
    pass


def d():
    pass


try:
    a()  # -> a
except ValueError:
    b()  # -> b
else:
    c()  # -> c
finally:
    d()  # -> d
