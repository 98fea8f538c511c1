def f():
    pass


def numbers():
    yield f


generator = numbers()  # -> numbers
next(generator)()  # -> f
