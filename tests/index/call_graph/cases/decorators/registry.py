HANDLERS = {}


def handles(name):
    def decorate(f):
        HANDLERS[name] = f
        return f

    return decorate


@handles("a")  # -> handles, handles.decorate
def on_a():
    pass


def dispatch(name):
    HANDLERS[name]()  # -> on_a


dispatch("a")  # -> dispatch
