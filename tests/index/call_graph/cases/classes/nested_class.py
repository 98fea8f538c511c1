class Outer:
    class Inner:
        def go(self):
            pass

    def make(self):
        return self.Inner()


Outer().make().go()  # -> Outer.make, Outer.Inner.go
