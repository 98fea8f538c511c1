from tools import logged


@logged  # -> tools:logged
def hello():
    pass


hello()  # -> tools:logged.run
