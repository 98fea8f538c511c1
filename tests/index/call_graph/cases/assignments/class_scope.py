def helper():
    pass


class A:
    def helper(self):
        pass

    def run(self):
        helper()  # -> helper
        self.helper()  # -> A.helper


A().run()  # -> A.run
