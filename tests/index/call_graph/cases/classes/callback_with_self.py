class Timer:
    def __init__(self, action):
        self.action = action

    def fire(self):
        self.action()  # -> App.tick


class App:
    def __init__(self):
        self.timer = Timer(self.tick)  # -> Timer.__init__

    def tick(self):
        pass


App().timer.fire()  # -> App.__init__, Timer.fire
