from os import path as join


def join():
    pass


join()  # -> join
