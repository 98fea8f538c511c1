def one():
    pass


def two():
    pass


def run(f, g):
    g()  # -> two


pair = (one, two)
run(*pair)  # -> run
