class Door:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def walk(self):
        pass


with Door() as door:  # -> Door.__enter__, Door.__exit__
    door.walk()  # -> Door.walk
