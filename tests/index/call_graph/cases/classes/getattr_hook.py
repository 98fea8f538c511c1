class Proxy:
    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Engine:
    def start(self):
        pass

    def stop(self):
        pass


Proxy(Engine()).start()  # -> Proxy.__init__, Engine.start
