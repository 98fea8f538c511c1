def leaf():
    pass


def run(action=None):
    action()  # -> leaf


options = {}
options["action"] = leaf
run(**options)  # -> run
