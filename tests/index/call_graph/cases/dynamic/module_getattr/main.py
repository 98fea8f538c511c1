import tools

getattr(tools, "go")()  # -> tools:go
