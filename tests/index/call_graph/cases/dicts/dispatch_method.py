class Calc:
    def add(self):
        pass

    def sub(self):
        pass

    def run(self, op):
        table = {"+": self.add, "-": self.sub}
        return table[op]()  # -> Calc.add


Calc().run("+")  # -> Calc.run
