from ..b import go


def deep():
    go()  # -> pkg.b:go
