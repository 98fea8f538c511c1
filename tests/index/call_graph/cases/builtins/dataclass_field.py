from dataclasses import dataclass


def leaf():
    pass


@dataclass
class Command:
    run: object


command = Command(run=leaf)
command.run()  # -> leaf
