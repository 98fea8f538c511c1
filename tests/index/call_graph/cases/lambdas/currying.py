def leaf():
    pass


curried = lambda a: lambda b: a()  # -> leaf
curried(leaf)(1)
