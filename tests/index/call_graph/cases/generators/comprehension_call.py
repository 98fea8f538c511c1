def double(x):
    return x * 2


def run(items):
    return [double(item) for item in items]  # -> double


run([1])  # -> run
