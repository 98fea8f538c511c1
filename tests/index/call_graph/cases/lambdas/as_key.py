def weight(x):
    return x


sorted([2, 1], key=lambda x: weight(x))  # -> weight
