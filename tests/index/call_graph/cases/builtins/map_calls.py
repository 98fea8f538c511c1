def double(x):
    return x * 2


def run(items):
    return list(map(double, items))  # -> double


run([1])  # -> run
