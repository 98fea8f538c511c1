from functools import reduce


class Item:
    def cost(self):
        return 1


def price(item):
    return item.cost()  # -> Item.cost


def is_dear(item):
    return True


def add(total, item):
    return total


items = [Item(), Item()]
items.sort(key=price)  # -> price
kept = [item for item in filter(is_dear, items)]  # -> is_dear
reduce(add, kept)  # -> add
sum(map(lambda item: price(item), items))  # -> price
