def one():
    pass


def two():
    pass


def run_all(*functions):
    for function in functions:
        function()  # -> one, two


run_all(one, two)  # -> run_all
