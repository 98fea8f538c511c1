import tools

tools.go()  # -> tools:go
