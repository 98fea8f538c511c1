import functools


def leaf():
    pass


def run(f, times):
    f()  # -> leaf


twice = functools.partial(run, leaf)
twice(2)  # -> run
