class Counted:
    def __init__(self, f):
        self.f = f

    def __call__(self):
        self.f()  # -> hello


@Counted  # -> Counted.__init__
def hello():
    pass


hello()  # -> Counted.__call__
