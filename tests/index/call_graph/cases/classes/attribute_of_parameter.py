class Engine:
    def start(self):
        pass


class Car:
    def __init__(self, engine):
        self.engine = engine


def drive(car):
    car.engine.start()  # -> Engine.start


drive(Car(Engine()))  # -> drive, Car.__init__
