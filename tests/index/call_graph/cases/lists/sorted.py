def one():
    pass


for f in sorted([one]):
    f()  # -> one
