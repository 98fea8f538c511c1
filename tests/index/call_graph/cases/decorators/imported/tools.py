def logged(f):
    def run():
        f()  # -> main:hello

    return run
