class A:
    def one(self):
        pass

    two = one


A().two()  # -> A.one
