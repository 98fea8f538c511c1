def one():
    pass


stack = [one]
stack.pop()()  # -> one
