def compose(f, g):
    def both(x):
        return f(g(x))  # -> one, two

    return both


def one(x):
    return x


def two(x):
    return x


compose(one, two)(1)  # -> compose, compose.both
