def leaf():
    pass


def config():
    return {"hooks": {"start": leaf}}


config()["hooks"]["start"]()  # -> config, leaf
