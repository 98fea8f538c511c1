from .inner import go
from .inner import go as start
