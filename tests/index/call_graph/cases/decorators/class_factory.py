class repeat:
    def __init__(self, times):
        self.times = times

    def __call__(self, f):
        def run():
            f()  # -> hello

        return run


@repeat(3)  # -> repeat.__init__, repeat.__call__
def hello():
    pass


hello()  # -> repeat.__call__.run
