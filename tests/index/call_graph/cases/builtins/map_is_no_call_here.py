def double(x):
    return x * 2


def run(items):
    return list(map(double, items))


run([1])  # -> run
