def run():
    def run():
        pass

    run()  # -> run.run


run()  # -> run
