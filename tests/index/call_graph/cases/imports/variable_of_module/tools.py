def go():
    pass


handler = go
