def run():
    pass


def call(run):
    run()  # -> other


def other():
    pass


call(other)  # -> call
