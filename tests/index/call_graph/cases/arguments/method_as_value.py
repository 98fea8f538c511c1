class Bell:
    def ring(self):
        pass


def press(button):
    button()  # -> Bell.ring


bell = Bell()
press(bell.ring)  # -> press
