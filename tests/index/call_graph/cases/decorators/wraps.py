import functools


def logged(f):
    @functools.wraps(f)
    def run(*args, **kwargs):
        return f(*args, **kwargs)  # -> hello

    return run


@logged  # -> logged
def hello():
    pass


hello()  # -> logged.run, hello
