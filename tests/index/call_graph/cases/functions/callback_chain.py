def final():
    pass


def step_two(done):
    done()  # -> final


def step_one(following, done):
    following(done)  # -> step_two


step_one(step_two, final)  # -> step_one
