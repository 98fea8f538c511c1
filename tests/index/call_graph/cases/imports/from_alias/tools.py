def go():
    helper()  # -> helper


def helper():
    pass
