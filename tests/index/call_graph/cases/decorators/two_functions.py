def wrap(f):
    def run():
        f()  # -> one, two

    return run


@wrap  # -> wrap
def one():
    pass


@wrap  # -> wrap
def two():
    pass


one()  # -> wrap.run
