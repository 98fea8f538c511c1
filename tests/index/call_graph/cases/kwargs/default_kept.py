def one():
    pass


def two():
    pass


def run(first=one, second=one):
    first()  # -> one
    second()  # -> two


run(second=two)  # -> run
