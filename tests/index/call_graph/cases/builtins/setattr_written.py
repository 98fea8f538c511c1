class Holder:
    pass


def leaf():
    pass


holder = Holder()
setattr(holder, "callback", leaf)
holder.callback()  # -> leaf
