def wrap(f):
    def run():
        f()  # -> hello

    return run


def hello():
    pass


wrapped = wrap(hello)  # -> wrap
wrapped()  # -> wrap.run
