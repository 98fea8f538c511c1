def f():
    pass


def inner():
    yield f


def outer():
    yield from inner()  # -> inner


for function in outer():  # -> outer
    function()  # -> f
