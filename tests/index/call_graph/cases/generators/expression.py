def f():
    pass


functions = [f]
called = list(function() for function in functions)  # -> f
