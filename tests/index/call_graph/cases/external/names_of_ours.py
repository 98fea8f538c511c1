import os
from json import dumps


def join():
    pass


def run():
    os.path.join("a", "b")
    dumps({})
    join()  # -> join


run()  # -> run
