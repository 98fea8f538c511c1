class Query:
    def filter(self):
        return self

    def run(self):
        pass


Query().filter().run()  # -> Query.filter, Query.run
