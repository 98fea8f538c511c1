def now(f):
    f()  # -> hello
    return f


@now  # -> now
def hello():
    pass
