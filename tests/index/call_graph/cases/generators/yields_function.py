def f():
    pass


def all_functions():
    yield f


for function in all_functions():  # -> all_functions
    function()  # -> f
