import plugin


def start(module):
    module.run()  # -> plugin:run


start(plugin)  # -> start
