class Builder:
    def __init__(self):
        self.steps = []

    def add(self, step):
        self.steps.append(step)
        return self

    def run(self):
        return [step() for step in self.steps]  # -> one, two


def one():
    pass


def two():
    pass


Builder().add(one).add(two).run()  # -> Builder.__init__, Builder.add, Builder.run
