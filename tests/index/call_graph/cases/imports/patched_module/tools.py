hook = None


def run():
    hook()  # -> main:mine
