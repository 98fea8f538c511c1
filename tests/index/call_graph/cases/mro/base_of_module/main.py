import base


class Sub(base.Base):
    pass


Sub().run()  # -> base:Base.run
