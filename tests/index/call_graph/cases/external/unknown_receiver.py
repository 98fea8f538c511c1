import sys


class Tool:
    def flush(self):
        pass


sys.stdout.flush()
open("x").flush()
