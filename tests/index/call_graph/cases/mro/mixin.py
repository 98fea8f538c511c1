class Mixin:
    def run(self):
        self.work()  # -> Real.work


class Real(Mixin):
    def work(self):
        pass


Real().run()  # -> Mixin.run
