def one():
    pass


def two():
    pass


x = one


def call():
    x()  # -> one, two


call()  # -> call
x = two
call()  # -> call
