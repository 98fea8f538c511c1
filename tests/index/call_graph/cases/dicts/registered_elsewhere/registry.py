HANDLERS = []


def register(f):
    HANDLERS.append(f)
    return f


def run():
    for handler in HANDLERS:
        handler()  # -> main:mine
