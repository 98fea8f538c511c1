import functools


class A:
    def run(self, callback):
        callback()  # -> leaf


def leaf():
    pass


functools.partial(A().run, leaf)()  # -> A.run
