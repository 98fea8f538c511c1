def key_of(x):
    return x


def run(items):
    return sorted(items, key=key_of)  # -> key_of


run([2, 1])  # -> run
