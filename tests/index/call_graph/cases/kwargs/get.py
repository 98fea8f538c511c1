def leaf():
    pass


def fallback():
    pass


def run(**options):
    options.get("action", fallback)()  # -> leaf, fallback


run(action=leaf)  # -> run
