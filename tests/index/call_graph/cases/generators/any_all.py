def check(x):
    return x


any(check(x) for x in [1])  # -> check
all([check(x) for x in [1]])  # -> check
