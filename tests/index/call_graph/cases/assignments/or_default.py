def fallback():
    pass


def run(f=None):
    f = f or fallback
    f()  # -> fallback


run()  # -> run
