def fallback():
    pass


def run(f=fallback):
    f()  # -> fallback


run()  # -> run
