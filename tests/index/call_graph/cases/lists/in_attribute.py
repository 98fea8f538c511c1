def one():
    pass


class A:
    steps = [one]

    def run(self):
        for step in self.steps:
            step()  # -> one


A().run()  # -> A.run
