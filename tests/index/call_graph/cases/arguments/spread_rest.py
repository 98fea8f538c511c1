def one():
    pass


def two():
    pass


def run(first, *rest):
    first()  # -> one
    rest[0]()  # -> two


run(*[one, two])  # -> run
