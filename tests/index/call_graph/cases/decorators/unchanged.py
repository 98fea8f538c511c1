def mark(f):
    f.marked = True
    return f


@mark  # -> mark
def hello():
    pass


hello()  # -> hello
