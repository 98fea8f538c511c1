import functools


def logged(function):
    def wrapper(*args):
        return function(*args)  # -> hello

    return functools.update_wrapper(wrapper, function)


@logged  # -> logged
def hello():
    pass


hello()  # -> logged.wrapper, hello
