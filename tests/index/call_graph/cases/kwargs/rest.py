def leaf():
    pass


def run(**options):
    options["action"]()  # -> leaf


run(action=leaf)  # -> run
