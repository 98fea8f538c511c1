def leaf(n):
    pass


def walk(n, visit):
    visit(n)  # -> leaf
    if n:
        walk(n - 1, visit)  # -> walk


walk(3, leaf)  # -> walk
