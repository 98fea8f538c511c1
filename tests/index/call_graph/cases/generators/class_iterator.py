class Steps:
    def __iter__(self):
        yield step


def step():
    pass


for function in Steps():  # -> Steps.__iter__
    function()  # -> step
