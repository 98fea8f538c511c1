def leaf():
    pass


def other():
    pass


def run(first, second):
    second()  # -> leaf


run(second=leaf, first=other)  # -> run
