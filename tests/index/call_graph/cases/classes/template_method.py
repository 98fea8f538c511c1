class Base:
    def run(self):
        self.step()  # -> Base.step, Sub.step

    def step(self):
        pass


class Sub(Base):
    def step(self):
        pass


Base().run()  # -> Base.run
Sub().run()  # -> Base.run
