def leaf():
    return None


def find(items):
    for item in items:
        return leaf  # nothing runs here
    return None


found = find([1])  # -> find
if found:
    found()  # -> leaf
