class Machine:
    def __init__(self):
        self.table = {"a": self.first, "b": self.second}

    def first(self):
        pass

    def second(self):
        pass

    def run(self, key):
        self.table[key]()  # -> Machine.first


Machine().run("a")  # -> Machine.__init__, Machine.run
