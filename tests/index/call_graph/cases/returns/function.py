def leaf():
    pass


def get():
    return leaf


f = get()  # -> get
f()  # -> leaf
