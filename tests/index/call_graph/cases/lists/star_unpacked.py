def one():
    pass


def two():
    pass


functions = [*[one], *(two,)]
functions[0]()  # -> one, two
