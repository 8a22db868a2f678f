from __future__ import annotations

import os, sys as system
import os.path as path
import a.b.c
from . import sibling
from ..pkg import (one as uno, two)
from os import *

first: int = 1
second: 'str'
(third): list[int] = []
first.attr: int = 2

global_name = 0


def loops(n):
    total = 0
    for i in range(n):
        if i == 3:
            continue
        if i > 7:
            break
        total += i
    else:
        total = -1
    while n:
        n -= 1
        if n == 2:
            break
    else:
        return total
    while True:
        if total:
            return n
    for a, (b, *c), d[0], e.f in total:
        pass


def tries(f):
    try:
        f()
    except ValueError:
        return 1
    except (TypeError, KeyError) as error:
        print(error)
    except:
        raise
    else:
        f(2)
    finally:
        f(3)
    for _ in f:
        try:
            continue
        finally:
            f(4)
    try:
        return f
    finally:
        del f
    raise ValueError('x') from None


def withs(m):
    with m:
        pass
    with m as a, m() as (b, c), m.x as d[0]:
        return a
    with (m as e, m as f):
        raise e


async def coroutine(source, lock):
    async with lock as held, lock:
        await held
    async for item in source:
        if item:
            break
        yield item
    else:
        await source
    values = [x async for x in source if await x]
    await lock


def generator(n):
    value = yield
    other = yield value
    result = yield from generator(n - 1)
    return result, other


def scopes():
    counter = 0
    shared = 1

    def inner(step=shared):
        nonlocal counter
        global global_name
        counter += step
        global_name = counter
        return counter, shared

    del shared
    return inner


@decorator
@decorator.factory(1)
class Derived(Base, metaclass=Meta, **options):
    """Class docstring."""

    attribute: int = 1
    __private = 2

    def method(self, /, a: int, b: 'str' = 'x', *args: tuple, c=1, **kw) -> None:
        super().method(self.__private)
        return __class__

    @property
    def prop(self): return self._prop

    class Nested:
        x = [attribute for _ in range(2)]


def asserts(x):
    assert x
    assert x, f'message {x}'
    if __debug__:
        print('debug')
    if 0:
        print('never')
    elif 1:
        print('always')
    del x


lambda: (yield)
