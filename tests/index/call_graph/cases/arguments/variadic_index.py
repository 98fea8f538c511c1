def one():
    pass


def two():
    pass


def run(*functions):
    functions[1]()  # -> two


run(one, two)  # -> run
