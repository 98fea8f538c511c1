class Button:
    def __init__(self, action):
        self.action = action

    def press(self):
        self.action()  # -> beep


def beep():
    pass


Button(beep).press()  # -> Button.__init__, Button.press
