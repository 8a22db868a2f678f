"""Exceptions: raised and caught at depth, finally, chained, custom classes."""
class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Missing(Refused, KeyError):
    pass


def deep(n, kind):
    if n == 0:
        raise kind(n)
    return deep(n - 1, kind)


def attempt(i, log):
    try:
        if i % 5 == 0:
            deep(3, Missing)
        if i % 3 == 0:
            return int("x%d" % i)
        if i % 7 == 0:
            {}[i]
        return i
    except Missing as e:
        return e.code
    except (ValueError, KeyError) as e:
        return len(e.args)
    finally:
        log[i % 4] += 1


def chained(i):
    try:
        try:
            raise ValueError(i)
        except ValueError as e:
            raise RuntimeError("wrapped") from e
    except RuntimeError as e:
        return e.__cause__.args[0]


log = [0] * 4
total = 0
for i in range(120000):
    total += attempt(i, log)
for i in range(40000):
    total += chained(i)
print(total, log)
