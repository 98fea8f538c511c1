def go():
    pass


globals()["go"]()  # -> go
