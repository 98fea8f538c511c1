class A:
    def __init__(self):
        pass


class B:
    def __init__(self):
        pass


kinds = {"a": A, "b": B}
kinds["a"]()  # -> A.__init__
