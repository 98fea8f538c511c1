import b


def one():
    b.two()  # -> b:two
