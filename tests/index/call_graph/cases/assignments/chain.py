def f():
    pass


a = b = f
c = b
c()  # -> f
a()  # -> f
