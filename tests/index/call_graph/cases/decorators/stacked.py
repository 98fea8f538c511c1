def outer(f):
    def run_outer():
        f()  # -> inner.run_inner

    return run_outer


def inner(f):
    def run_inner():
        f()  # -> hello

    return run_inner


@outer  # -> outer
@inner  # -> inner
def hello():
    pass


hello()  # -> outer.run_outer
