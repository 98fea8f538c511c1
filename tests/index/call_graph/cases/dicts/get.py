def one():
    pass


def fallback():
    pass


def run(key):
    table.get(key, fallback)()  # -> fallback


table = {"a": one}
run("x")  # -> run
