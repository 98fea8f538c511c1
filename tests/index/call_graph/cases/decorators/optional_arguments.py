def mark(f=None, *, loud=False):
    def decorate(g):
        def run():
            g()  # -> one, two

        return run

    if f is not None:
        return decorate(f)  # -> mark.decorate
    return decorate


@mark  # -> mark
def one():
    pass


@mark(loud=True)  # -> mark, mark.decorate
def two():
    pass


one()  # -> mark.decorate.run
two()  # -> mark.decorate.run
