class Base:
    def run(self):
        pass

    def help(self):
        pass
