def leaf():
    pass


def run(*, action):
    action()  # -> leaf


run(action=leaf)  # -> run
