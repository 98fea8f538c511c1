TABLE = {}


def run(name):
    TABLE[name]()  # -> main:mine
