def shout(self):
    pass


class Crier:
    cry = shout


Crier().cry()  # -> shout
