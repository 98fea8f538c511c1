class Adder:
    def __call__(self, x):
        return x


add = Adder()
add(1)  # -> Adder.__call__
