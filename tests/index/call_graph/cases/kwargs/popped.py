def leaf():
    pass


def run(**options):
    action = options.pop("action", None)
    action()  # -> leaf


run(action=leaf)  # -> run
