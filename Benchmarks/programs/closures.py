"""Closures: counters, function composition, decorators, partial application."""
def counter(start):
    value = start

    def step(by=1):
        nonlocal value
        value += by
        return value

    return step


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x

    return run


def memoize(function):
    known = {}

    def wrapper(*args):
        if args in known:
            return known[args]
        known[args] = result = function(*args)
        return result

    return wrapper


@memoize
def paths(a, b):
    return 1 if a == 0 or b == 0 else paths(a - 1, b) + paths(a, b - 1)


def adder(n):
    return lambda x: x + n


step = counter(10)
pipeline = compose(adder(3), lambda x: x * 2, adder(-1), lambda x: x & 1023)
total = 0
for i in range(500000):
    total += pipeline(step(i & 3))
print(total, paths(60, 60), [adder(i)(1) for i in range(3)])
