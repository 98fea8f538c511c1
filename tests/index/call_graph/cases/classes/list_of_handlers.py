class Bus:
    handlers = {}

    def on(self, name, f):
        self.handlers.setdefault(name, []).append(f)

    def emit(self, name):
        for f in self.handlers[name]:
            f()  # -> leaf


def leaf():
    pass


bus = Bus()
bus.on("x", leaf)  # -> Bus.on
bus.emit("x")  # -> Bus.emit
