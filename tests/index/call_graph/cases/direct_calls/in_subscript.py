def index():
    return 0


items = [1]
items[index()]  # -> index
