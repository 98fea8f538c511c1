class Visitor:
    def visit(self, name):
        return getattr(self, "visit_" + name)()

    def visit_a(self):
        pass


Visitor().visit("a")  # -> Visitor.visit
