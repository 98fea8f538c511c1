def one():
    pass


def two():
    pass


def run():
    f = one
    f()  # -> one
    f = two
    f()  # -> two


run()  # -> run
