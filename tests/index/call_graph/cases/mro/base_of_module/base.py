class Base:
    def run(self):
        pass
