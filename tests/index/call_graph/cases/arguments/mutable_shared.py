def one():
    pass


def fill(target):
    target.append(one)


def run():
    functions = []
    fill(functions)  # -> fill
    functions[0]()  # -> one


run()  # -> run
