def keep(f):
    return f


decorate = lambda f: keep(f)  # -> keep


@decorate
def hello():
    pass


hello()  # -> hello
