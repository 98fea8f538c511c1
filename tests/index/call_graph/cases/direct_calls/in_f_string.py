def value():
    return 1


text = f"{value()} and {value()!r}"  # -> value
