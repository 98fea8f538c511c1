def greet():
    pass


def run(action):
    action()  # -> greet


run(greet)  # -> run
