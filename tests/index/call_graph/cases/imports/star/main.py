from tools import *

go()  # -> tools:go
