class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def decorate(f):
            self.routes[path] = f
            return f

        return decorate

    def serve(self, path):
        self.routes[path]()  # -> index


app = App()  # -> App.__init__


@app.route("/")  # -> App.route, App.route.decorate
def index():
    pass


app.serve("/")  # -> App.serve
