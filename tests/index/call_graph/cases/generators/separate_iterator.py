class Cursor:
    def __next__(self):
        return leaf


class Rows:
    def __iter__(self):
        return Cursor()


def leaf():
    pass


for row in Rows():  # -> Rows.__iter__, Cursor.__next__
    row()  # -> leaf
