import functools


@functools.lru_cache(maxsize=None)
def compute():
    pass


compute()  # -> compute
