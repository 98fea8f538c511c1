def leaf():
    pass


def run(action, **rest):
    rest["then"]()  # -> leaf


run(print, then=leaf)  # -> run
