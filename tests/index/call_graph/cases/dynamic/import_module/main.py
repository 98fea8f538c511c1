import importlib

module = importlib.import_module("plugin")
module.run()  # -> plugin:run
