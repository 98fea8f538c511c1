from dataclasses import dataclass


@dataclass
class Box:
    size: int

    def __post_init__(self):
        self.check()  # -> Box.check

    def check(self):
        pass


Box(1)  # -> Box.__post_init__
