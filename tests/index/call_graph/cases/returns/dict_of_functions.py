def one():
    pass


class A:
    def table(self):
        return {"one": one}


A().table()["one"]()  # -> A.table, one
