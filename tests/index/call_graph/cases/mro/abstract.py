import abc


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        pass

    def show(self):
        return self.area()  # -> Square.area


class Square(Shape):
    def area(self):
        return 1


Square().show()  # -> Shape.show
