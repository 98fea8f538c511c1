class Machine:
    def start(self):
        pass

    def stop(self):
        pass


machine = Machine()
getattr(machine, "start")()  # -> Machine.start
