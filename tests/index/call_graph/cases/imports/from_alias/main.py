from tools import go as start

start()  # -> tools:go
