class Machine:
    def start(self):
        pass

    def stop(self):
        pass


name = "stop"
action = getattr(Machine(), name)
action()  # -> Machine.stop
