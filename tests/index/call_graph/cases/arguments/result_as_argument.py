def target():
    pass


def choose():
    return target


def run(f):
    f()  # -> target


run(choose())  # -> run, choose
