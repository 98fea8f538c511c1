def stop():
    pass


def again(f, count):
    if count:
        again(f, count - 1)  # -> again
    f()  # -> stop


again(stop, 3)  # -> again
