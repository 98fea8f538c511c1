class Thing:
    def go(self):
        pass


thing = Thing()
