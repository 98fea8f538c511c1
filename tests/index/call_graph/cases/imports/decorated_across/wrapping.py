def wrap(f):
    def run():
        f()  # -> service:serve

    return run
