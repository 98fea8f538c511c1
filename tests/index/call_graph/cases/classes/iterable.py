class Bag:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


for _ in Bag():  # -> Bag.__iter__, Bag.__next__
    pass
