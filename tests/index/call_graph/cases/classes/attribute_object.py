class Engine:
    def start(self):
        pass


class Car:
    def __init__(self):
        self.engine = Engine()

    def go(self):
        self.engine.start()  # -> Engine.start


car = Car()  # -> Car.__init__
car.go()  # -> Car.go
