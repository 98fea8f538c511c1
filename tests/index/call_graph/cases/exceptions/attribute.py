class Problem(Exception):
    def __init__(self, f):
        self.f = f


def leaf():
    pass


def fail():
    raise Problem(leaf)  # -> Problem.__init__


try:
    fail()  # -> fail
except Problem as problem:
    problem.f()  # -> leaf
