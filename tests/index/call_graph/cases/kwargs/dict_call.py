def leaf():
    pass


def run(action=None):
    action()  # -> leaf


run(**dict(action=leaf))  # -> run
