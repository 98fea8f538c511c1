def one():
    pass


def two():
    pass


def run(items):
    f = one
    for _ in items:
        f()  # -> one, two
        f = two


run([1, 2])  # -> run
