def one():
    pass


for f in filter(None, [one, None]):
    f()  # -> one
