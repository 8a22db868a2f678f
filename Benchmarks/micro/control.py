import asyncio, contextlib


class _Error(Exception):
    def __init__(self, code): self.code = code


def _fail(): raise ValueError("x")
def _generator(n):
    for i in range(n): yield i
def _delegate(n): yield from _generator(n)
async def _leaf(): return 1
async def _middle(): return await _leaf()


class _Step:
    def __await__(self):
        yield 1

async def _deep(k, n):
    if k: return await _deep(k - 1, n)
    s = _Step()
    for i in range(n): await s


def try_nothing(n):
    for i in range(n):
        try: pass
        except ValueError: pass

def try_finally(n):
    for i in range(n):
        try: pass
        finally: pass

def raise_catch(n):
    for i in range(n):
        try: raise ValueError
        except ValueError: pass

def raise_catch_message(n):
    for i in range(n):
        try: raise ValueError("text")
        except ValueError as e: pass

def raise_custom(n):
    for i in range(n):
        try: raise _Error(1)
        except _Error as e: e.code

def raise_in_call(n):
    for i in range(n):
        try: _fail()
        except ValueError: pass

def raise_key_error(n):
    d = {}
    for i in range(n):
        try: d[i]
        except KeyError: pass

def raise_attribute_error(n):
    for i in range(n):
        try: i.nothing
        except AttributeError: pass

def raise_through_finally(n):
    def f():
        try: raise ValueError
        finally: pass
    for i in range(n):
        try: f()
        except ValueError: pass

def raise_from(n):
    for i in range(n):
        try:
            try: raise ValueError
            except ValueError as e: raise TypeError from e
        except TypeError: pass

def with_suppress(n):
    for i in range(n):
        with contextlib.suppress(ValueError): pass

def with_contextmanager(n):
    @contextlib.contextmanager
    def c(): yield
    for i in range(n):
        with c(): pass

def generator_for(n):
    for x in _generator(n): pass

def generator_new(n):
    for i in range(n):
        for x in _generator(1): pass

def generator_next(n):
    g = _generator(n)
    for i in range(n): next(g)

def generator_send(n):
    def f():
        while 1: yield
    g = f()
    next(g)
    for i in range(n): g.send(i)

def yield_from(n):
    for x in _delegate(n): pass

def generator_expression(n):
    sum(i for i in range(n))

def await_chain(n):
    async def main():
        for i in range(n): await _middle()
    try: main().send(None)
    except StopIteration: pass

def await_deep_steps(n):
    c = _deep(10, n)
    try:
        while 1: c.send(None)
    except StopIteration: pass

def async_for(n):
    async def g():
        for i in range(n): yield i
    async def main():
        async for x in g(): pass
    try: main().send(None)
    except StopIteration: pass

def asyncio_sleep_zero(n):
    async def main():
        for i in range(n): await asyncio.sleep(0)
    asyncio.run(main())

def asyncio_tasks(n):
    async def main():
        for i in range(n // 10 + 1): await asyncio.gather(*[_leaf() for k in range(10)])
    asyncio.run(main())

def match_class(n):
    class P:
        __match_args__ = ("x", "y")
        def __init__(self): self.x = self.y = 1
    p = P()
    for i in range(n):
        match p:
            case P(2, y): pass
            case P(x, 1): pass

def match_sequence(n):
    p = [1, 2, 3]
    for i in range(n):
        match p:
            case [2, *rest]: pass
            case [1, b, c]: pass

def import_inside(n):
    for i in range(n):
        import sys

def global_store(n):
    global _g
    for i in range(n): _g = i

def closure_cell(n):
    x = 0
    def f():
        nonlocal x
        x += 1
    for i in range(n): f()

def while_loop(n):
    i = 0
    while i < n: i += 1

def conditional_chain(n):
    for i in range(n):
        if i == -1: pass
        elif i == -2: pass
        elif i > 5 and i < 10 or i < 0: pass

def gc_cycles(n):
    for i in range(n):
        a = []
        a.append(a)
