"""Nesting that no function call counts, and limits set as high as they go: RecursionError or a result, never a crash.

The outcome depends on how much native stack there is, so most lines only say that the interpreter came back.
"""
import sys
import threading
import types

# CPython itself overflows its stack in most of what follows.
LEVELS = 100000 if sys.implementation.name != "cpython" else 100


def outcome(f):
    try:
        f()
        return "result"
    except (RecursionError, MemoryError) as e:
        return type(e).__name__
    except TypeError:
        return "result"


def back(*functions):
    for f in functions: assert outcome(f) in ("result", "RecursionError", "MemoryError")
    print(len(functions))


def wrapped(wrap, value, n=LEVELS):
    for _ in range(n): value = wrap(value)
    return value


def one(it):
    yield from it


async def waits(on):
    return await on


@types.coroutine
def first():
    yield 1


def send(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        pass


limit = sys.getrecursionlimit()
for n in (limit, 10 ** 6, 2 ** 31 - 1):
    sys.setrecursionlimit(n if sys.implementation.name != "cpython" else limit)
    g, h, c, d = wrapped(one, iter([1, 2])), wrapped(one, iter([1, 2])), wrapped(waits, first()), wrapped(waits, first())
    back(lambda: list(g), lambda: next(h), lambda: h.close(), lambda: send(c), lambda: send(d), lambda: d.close(), lambda: c.close())
# expect: 7
# expect: 7
# expect: 7
sys.setrecursionlimit(limit)

method = wrapped(lambda m: types.MethodType(m, []), len)
back(lambda: method(), lambda: repr(method), lambda: hash(method), lambda: method.__doc__, lambda: method.__name__, lambda: method == method)
# expect: 6
for kind in (staticmethod, classmethod, property):
    made = wrapped(kind, len)
    back(lambda: made.__isabstractmethod__, lambda: repr(made), lambda: type("C", (), {"f": made})().f)
# expect: 3
# expect: 3
# expect: 3

comprehension = "[x " + "for x in y " * LEVELS + "]"
back(lambda: compile(comprehension, "", "eval"))
# expect: 1
# So many expressions take time, not more for each.
compile("f'" + "{x}" * 20000 + "'", "", "eval")


class Self:
    def __repr__(self): return repr(self)
    def __getattr__(self, name): return getattr(self, name)
    def __call__(self, *_): return sorted([1], key=self)


def in_thread():
    s = Self()
    ended.append([outcome(f) for f in (in_thread_function, lambda: repr(s), lambda: s.x, s, lambda: eval("(" * 80 + "1" + ")" * 80),
                                       lambda: eval("-" * 5000 + "1"), lambda: repr(wrapped(lambda v: [v], [])))])


def in_thread_function():
    return in_thread_function()


ended = []
for size in (32768, 65536, 0):
    threading.stack_size(size if sys.implementation.name != "cpython" else 0)
    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
print(len(ended), [e[:4] for e in ended] == [["RecursionError"] * 4] * 3)
# expect: 3 True
