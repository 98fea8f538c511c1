def f():
    pass


def choose(number):
    return f


for function in map(choose, [1, 2]):  # -> choose
    function()  # -> f
