def leaf():
    pass


(lambda f: f())(leaf)  # -> leaf
