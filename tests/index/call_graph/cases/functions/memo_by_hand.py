def memo(f):
    known = {}

    def run(x):
        if x not in known:
            known[x] = f(x)  # -> fib
        return known[x]

    return run


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)  # -> fib, memo.run


fib = memo(fib)  # -> memo
fib(10)  # -> memo.run
