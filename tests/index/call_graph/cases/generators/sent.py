def worker(f):
    while True:
        item = yield
        f(item)  # -> handle


def handle(item):
    pass


running = worker(handle)  # -> worker
