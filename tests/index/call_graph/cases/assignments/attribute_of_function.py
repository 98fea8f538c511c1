def f():
    pass


def holder():
    pass


holder.callback = f
holder.callback()  # -> f
