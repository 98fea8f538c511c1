from .b import go
from . import b
from .sub import c


def run():
    go()  # -> pkg.b:go
    b.go()  # -> pkg.b:go
    c.deep()  # -> pkg.sub.c:deep
