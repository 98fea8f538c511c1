class Problem(Exception):
    def __init__(self):
        pass


def fail():
    raise Problem()  # -> Problem.__init__


fail()  # -> fail
