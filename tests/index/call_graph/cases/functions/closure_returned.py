def make(f):
    def run():
        f()  # -> leaf

    return run


def leaf():
    pass


run = make(leaf)  # -> make
run()  # -> make.run
