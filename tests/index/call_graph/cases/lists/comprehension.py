def one():
    pass


functions = [f for f in [one]]
functions[0]()  # -> one
