def other():
    pass


def swap(f):
    return other


@swap  # -> swap
def hello():
    pass


hello()  # -> other
