class Registry:
    def __init__(self):
        self.handlers = []

    def add(self, handler):
        self.handlers.append(handler)

    def fire(self):
        for handler in self.handlers:
            handler()  # -> one, two


def one():
    pass


def two():
    pass


registry = Registry()  # -> Registry.__init__
registry.add(one)  # -> Registry.add
registry.add(two)  # -> Registry.add
registry.fire()  # -> Registry.fire
