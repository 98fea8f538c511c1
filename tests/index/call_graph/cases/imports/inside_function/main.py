def run():
    from tools import go

    go()  # -> tools:go


run()  # -> run
