def table():
    pass


class A:
    rows = table()  # -> table
