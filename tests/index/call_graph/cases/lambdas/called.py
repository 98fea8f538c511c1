def leaf():
    pass


run = lambda: leaf()  # -> leaf
run()
