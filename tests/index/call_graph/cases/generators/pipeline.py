def source():
    yield one


def one():
    pass


def keep(items):
    for item in items:
        yield item


for f in keep(source()):  # -> keep, source
    f()  # -> one
