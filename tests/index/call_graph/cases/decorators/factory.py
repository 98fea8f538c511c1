def repeat(times):
    def decorate(f):
        def run():
            for _ in range(times):
                f()  # -> hello

        return run

    return decorate


@repeat(3)  # -> repeat, repeat.decorate
def hello():
    pass


hello()  # -> repeat.decorate.run
