def logged(f):
    def run(self):
        return f(self)  # -> A.go

    return run


class A:
    @logged  # -> logged
    def go(self):
        pass


A().go()  # -> logged.run
