def outer():
    def inner():
        pass

    inner()  # -> outer.inner


outer()  # -> outer
