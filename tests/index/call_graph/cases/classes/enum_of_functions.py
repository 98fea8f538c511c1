import enum


class Color(enum.Enum):
    RED = 1

    def show(self):
        pass


Color.RED.show()  # -> Color.show
