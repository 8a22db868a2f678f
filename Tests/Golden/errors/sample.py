# -*- coding: utf-8 -*-
"""A sample of the grammar."""
from __future__ import annotations
import os.path as p, sys
from . import (a as b,
    c,)

@d.e(1)
async def f(x: int = 1, /, y=2, *z, k, l: "s" = None, **m) -> [int]:
    global g
    async with a as (b, *c), d: pass
    async for i, in await j: continue
    else:
        return lambda q, *r, s=1: (yield)
    x.y[1:2, ::3] += -1 ** 2 if not a < b <= c else {**d, 'e': 0x1F}
    del x, (y[0])
    return [u async for u in v if w if x for y in z], {a: b for a in c}, {1, *d}

class C(D, metaclass=E):
    """doc"""
    v: int
    w = f"a{b!r:>{c}}{{d}}" 'e\n' rf"\{g=}"

try:
    with (a): raise B from None
except (C, D) as e:
    while (n := 1_0.5e-3j) and True or 1e400: break
finally:
    assert x, b'\x00' b"'"
match x, 1:
    case [1, -2.0 + 3j, *_] | {"k": None, **r} if z: pass
    case A.B(c, d=(e | f) as g): print("é中\ud800", end='')
    case _: nonlocal_ = ...
