class A:
    def go(self):
        pass


def missing():
    pass


import sys

getattr(A(), sys.argv[0], missing)()  # -> missing
