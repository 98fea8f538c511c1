class Adder:
    def __call__(self, x):
        return x


def apply(f):
    f(1)  # -> Adder.__call__


apply(Adder())  # -> apply
