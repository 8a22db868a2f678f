import contextlib


@contextlib.contextmanager
def open_for(name):
    try:
        yield name
    finally:
        print('left', name)


async def wait(n):
    return n


async def chain(n):
    first = await wait(n)
    second = await wait(first + 1)
    return first + second


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value


def lookup(table, key):
    with open_for(key):
        match table:
            case {'inner': inner}:
                return inner[key]
            case _:
                return None


def outer():
    print(run(chain(3)))
    print(lookup({}, 'a'))
    return lookup({'inner': {'b': 1}}, 'a')


outer()
