def start():
    return middle


def middle():
    return end


def end():
    return None


state = start
while state:
    state = state()  # -> start, middle, end
