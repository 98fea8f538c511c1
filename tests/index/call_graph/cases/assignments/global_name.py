def one():
    pass


def two():
    pass


handler = one


def install():
    global handler
    handler = two


def run():
    handler()  # -> one, two


run()  # -> run
install()  # -> install
run()  # -> run
