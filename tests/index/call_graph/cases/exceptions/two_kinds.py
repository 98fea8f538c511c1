class One(Exception):
    def tell(self):
        pass


class Two(Exception):
    def tell(self):
        pass


def fail():
    pass


try:
    fail()  # -> fail
except (One, Two) as problem:
    problem.tell()  # -> One.tell, Two.tell
