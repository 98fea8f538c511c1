def one():
    pass


def run():
    f = None
    try:
        f = one
    finally:
        f()  # -> one


run()  # -> run
