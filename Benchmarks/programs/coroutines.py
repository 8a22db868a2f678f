"""async functions driven by a hand-written loop."""


class Yield:
    def __await__(self):
        yield 1
        return 2


async def leaf(n):
    total = 0
    for _ in range(n):
        total += await Yield()
    return total


async def parent(n):
    return await leaf(n) + await leaf(n)


def drive(coroutine):
    steps = 0
    while True:
        try:
            coroutine.send(None)
            steps += 1
        except StopIteration as stop:
            return steps, stop.value


print(drive(parent(60000)))
