class Config:
    handler = None


def leaf():
    pass


def setup(config):
    config.handler = leaf


def use(config):
    config.handler()  # -> leaf


c = Config()
setup(c)  # -> setup
use(c)  # -> use
