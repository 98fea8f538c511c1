class Engine:
    def start(self):
        pass


class Boat:
    def start(self):
        pass


def launch(thing):
    thing.start()  # -> Engine.start


launch(Engine())  # -> launch
