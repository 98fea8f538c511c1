def double(x):
    return x


list(map(lambda x: double(x), [1]))  # -> double
