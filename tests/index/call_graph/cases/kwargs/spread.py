def leaf():
    pass


def other():
    pass


def run(action, cleanup):
    cleanup()  # -> leaf


run(**{"action": other, "cleanup": leaf})  # -> run
