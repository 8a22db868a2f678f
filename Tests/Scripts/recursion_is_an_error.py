"""Endless or very deep nesting is RecursionError or a result, never a crash."""


def outcome(f):
    try:
        f()
        return "result"
    except RecursionError:
        return "RecursionError"
    except MemoryError:
        return "MemoryError"


def deep(f):
    """Whether a result or RecursionError, it came back."""
    print(outcome(f) in ("result", "RecursionError", "MemoryError"))


class Self:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
    def __call__(self): return self()
    def __lt__(self, other): return self < other
    def __format__(self, spec): return format(self)
    def __bool__(self): return bool(self)
    def __len__(self): return len(self)
    def __getitem__(self, key): return self[key]
    def __iter__(self): return iter(self)
    def __add__(self, other): return self + other
    def __getattr__(self, name): return getattr(self, name)
    def __instancecheck__(self, value): return isinstance(value, self)


s = Self()
print({outcome(f) for f in (
    lambda: repr(s), lambda: s == s, lambda: hash(s), lambda: s(), lambda: s < s, lambda: f"{s}", lambda: bool(s), lambda: len(s),
    lambda: s[0], lambda: iter(s), lambda: s + 1, lambda: s.x, lambda: isinstance(1, s), lambda: str(s), lambda: sorted([s, s]))})
# expect: {'RecursionError'}


def nested(kind, n=30000):
    value = kind(())
    for _ in range(n):
        value = kind((value,))
    return value


a, b = nested(tuple), nested(tuple)
for f in (lambda: repr(a), lambda: a == b, lambda: hash(a), lambda: a < b, lambda: isinstance(1, a), lambda: issubclass(int, a)): deep(f)
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
x, y = nested(list), nested(list)
for f in (lambda: repr(x), lambda: x == y, lambda: x < y): deep(f)
# expect: True
# expect: True
# expect: True


def tower(make, n=3000):
    it = iter([1, 2, 3])
    for _ in range(n):
        it = make(it)
    return it


for make in (lambda it: map(int, it), lambda it: zip(it), enumerate, lambda it: filter(None, it), lambda it: (v for v in it)):
    deep(lambda: list(tower(make)))
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True


def delegate(n):
    if n:
        yield from delegate(n - 1)
    yield n


print(outcome(lambda: list(delegate(100000))))
# expect: RecursionError


def chained(n):
    error = None
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError as e:
            e.__cause__ = error
            error = e
    return error


print(type(chained(100000)).__name__)
# expect: ValueError
for source in ("+".join(["1"] * 100000), "-" * 100000 + "1", "a" + ".a" * 100000, "a" + "()" * 100000, "lambda: " * 100000 + "1"):
    deep(lambda: compile(source, "", "eval"))
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
print([outcome(f) for f in (
    lambda: "x" * 10 ** 12, lambda: [0] * 10 ** 12, lambda: (0,) * 10 ** 12, lambda: b"x" * 10 ** 12, lambda: 1 << 10 ** 12,
    lambda: bytes(10 ** 13), lambda: bytearray(10 ** 13), lambda: "x".ljust(10 ** 13), lambda: "%1000000000000d" % 1)])
# expect: ['MemoryError', 'MemoryError', 'MemoryError', 'MemoryError', 'MemoryError', 'MemoryError', 'MemoryError', 'MemoryError', 'MemoryError']
