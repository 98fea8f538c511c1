def logged(f):
    def run():
        f()  # -> A.go

    return run


class A:
    @staticmethod
    @logged  # -> logged
    def go():
        pass


A.go()  # -> logged.run
