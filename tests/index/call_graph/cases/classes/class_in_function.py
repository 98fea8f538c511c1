def make():
    class Local:
        def go(self):
            pass

    return Local()


make().go()  # -> make, make.Local.go
