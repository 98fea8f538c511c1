from models import Cart


def total():
    return Cart(1).total()  # -> models:Cart.__init__, models:Cart.total


total()  # -> total
