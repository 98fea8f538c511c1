class Slot:
    action = None


def beep():
    pass


slot = Slot()
slot.action = beep
slot.action()  # -> beep
