def one():
    pass


def two():
    pass


def call(f):
    f()  # -> one, two


def first():
    call(one)  # -> call


def second():
    call(two)  # -> call


first()  # -> first
second()  # -> second
