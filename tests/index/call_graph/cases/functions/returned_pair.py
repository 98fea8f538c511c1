def make():
    def get():
        pass

    def put():
        pass

    return get, put


get, put = make()  # -> make
put()  # -> make.put
