def undo():
    pass


def work():
    raise ValueError


try:
    work()  # -> work
except (ValueError, TypeError):
    undo()  # -> undo
