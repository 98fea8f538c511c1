def f():
    pass


g = f
g()  # -> f
