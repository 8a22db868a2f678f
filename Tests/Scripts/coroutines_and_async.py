class Later:
    def __await__(self):
        got = yield "wait"
        return got

async def leaf(n): return n + await Later()
async def main():
    total = 0
    for i in range(2): total += await leaf(i)
    return total
def drive(c, value=10):
    steps = []
    sent = None
    while True:
        try: steps.append(c.send(sent))
        except StopIteration as stop: return steps, stop.value
        sent = value
print(drive(main()))
class Manager:
    async def __aenter__(self): print("aenter"); return 1
    async def __aexit__(self, *a): print("aexit", a[0]); return True
class Count:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
async def agen(n):
    try:
        for i in range(n):
            await leaf(1)
            yield i
    finally: print("agen done")
async def uses():
    async with Manager() as m:
        print(m)
        raise ValueError
    async for i in Count(2): print("count", i)
    else: print("else")
    print([i async for i in agen(2)], {i async for i in Count(2)})
    g = agen(5)
    print(await g.__anext__(), await g.asend(None))
    await g.aclose()
    try: await g.__anext__()
    except StopAsyncIteration: print("stopped")
print(drive(uses())[1])
async def bad(): await 5
try: bad().send(None)
except TypeError as e: print(e)
c = leaf(1)
print(type(c).__name__, c.cr_running, c.cr_await)
c.close()
try: c.send(None)
except RuntimeError as e: print(e)

# expect: (['wait', 'wait'], 21)
# expect: aenter
# expect: 1
# expect: aexit <class 'ValueError'>
# expect: count 1
# expect: count 0
# expect: else
# expect: agen done
# expect: [0, 1] {0, 1}
# expect: 0 1
# expect: agen done
# expect: stopped
# expect: None
# expect: object int can't be used in 'await' expression
# expect: coroutine False None
# expect: cannot reuse already awaited coroutine
