from base import Base


class Sub(Base):
    def run(self):
        self.help()  # -> base:Base.help
        super().run()  # -> base:Base.run


Sub().run()  # -> Sub.run
