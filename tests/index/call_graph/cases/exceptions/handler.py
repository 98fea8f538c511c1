class Problem(Exception):
    def tell(self):
        pass


def fail():
    raise Problem()


try:
    fail()  # -> fail
except Problem as problem:
    problem.tell()  # -> Problem.tell
