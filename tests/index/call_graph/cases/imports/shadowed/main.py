from tools import go


def go():
    pass


go()  # -> go
