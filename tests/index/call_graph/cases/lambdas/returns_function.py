def leaf():
    pass


get = lambda: leaf
get()()  # -> leaf
