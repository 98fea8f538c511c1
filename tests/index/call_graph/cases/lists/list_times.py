def one():
    pass


for f in [one] * 3:
    f()  # -> one
