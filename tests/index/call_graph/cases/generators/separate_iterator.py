class Cursor:
    def __init__(self):
        self.left = 1

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return leaf


class Rows:
    def __iter__(self):
        return Cursor()  # -> Cursor.__init__


def leaf():
    pass


for row in Rows():  # -> Rows.__iter__, Cursor.__next__
    row()  # -> leaf
