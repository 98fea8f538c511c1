import tools
from tools import handler

handler()  # -> tools:go
tools.handler()  # -> tools:go
