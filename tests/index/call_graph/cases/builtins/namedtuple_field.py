from typing import NamedTuple


class Command(NamedTuple):
    run: object


def leaf():
    pass


command = Command(leaf)
command.run()  # -> leaf
