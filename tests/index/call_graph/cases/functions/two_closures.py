def make(f):
    def run():
        return f

    return run


def one():
    pass


def two():
    pass


make(one)()()  # -> make, make.run, one
make(two)()()  # -> make, make.run, two
