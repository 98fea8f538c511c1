def value(x):
    return x


def key(x):
    return x


table = {key(x): value(x) for x in [1]}  # -> key, value
