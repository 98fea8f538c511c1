from collections import defaultdict


def one():
    pass


handlers = defaultdict(list)
handlers["x"].append(one)
for handler in handlers["x"]:
    handler()  # -> one
