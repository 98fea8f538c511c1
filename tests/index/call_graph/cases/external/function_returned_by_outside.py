import operator


def add():
    pass


operator.itemgetter(0)([1])
operator.add(1, 2)
