class Dog:
    def __init__(self):
        pass


for kind in [Dog]:
    kind()  # -> Dog.__init__
