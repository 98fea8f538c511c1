def even(n):
    return n == 0 or odd(n - 1)  # -> odd


def odd(n):
    return n != 0 and even(n - 1)  # -> even


even(4)  # -> even
