def twice(f):
    def run():
        f()  # -> hello

    return run


@twice  # -> twice
def hello():
    pass


hello()  # -> twice.run
