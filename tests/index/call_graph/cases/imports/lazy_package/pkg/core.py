__all__ = ["run"]


def run():
    helper()  # -> helper


def helper():
    pass
