def ready():
    return True


def work():
    pass


while not ready():  # -> ready
    work()  # -> work
assert ready()  # -> ready
