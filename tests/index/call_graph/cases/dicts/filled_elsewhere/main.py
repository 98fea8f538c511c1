import registry


def mine():
    pass


registry.TABLE["mine"] = mine
registry.run("mine")  # -> registry:run
