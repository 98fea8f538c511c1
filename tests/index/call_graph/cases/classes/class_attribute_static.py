def shout():
    pass


class Crier:
    cry = staticmethod(shout)


Crier.cry()  # -> shout
