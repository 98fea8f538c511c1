def fallback():
    pass


def given():
    pass


def run(f=fallback):
    f()  # -> given


run(given)  # -> run
