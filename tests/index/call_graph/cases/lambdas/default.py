def leaf():
    pass


later = lambda f=leaf: f()  # -> leaf
later()
