def a():
    pass


def b():
    pass


def c():
    pass


def run(first, *rest, last):
    first()  # -> a
    rest[0]()  # -> b
    last()  # -> c


run(a, b, last=c)  # -> run
