def inner():
    return 1


def outer(number):
    return number


outer(outer(inner()))  # -> outer, inner
