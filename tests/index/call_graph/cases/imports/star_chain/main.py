from outer import *

go()  # -> inner:go
