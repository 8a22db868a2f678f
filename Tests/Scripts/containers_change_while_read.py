"""Containers that change while an operation on them runs user code: an exception or a result, never stray memory."""
import collections
import re
import sys
import types
from array import array


class Index:
    def __init__(self, act): self.act = act
    def __index__(self):
        self.act()
        return 1


def outcome(f):
    try:
        return type(f()).__name__
    except Exception as e:
        return type(e).__name__


def cut(o):
    del o[:]


def assign(make, act, low, high, step):
    o = make()
    x = Index(lambda: act(o))
    o[slice(*(x if b is Index else b for b in (low, high, step)))] = make()


def delete(make, act, low, high, step):
    o = make()
    x = Index(lambda: act(o))
    del o[slice(*(x if b is Index else b for b in (low, high, step)))]


def fetch(make, act, low, high, step):
    o = make()
    x = Index(lambda: act(o))
    return len(o[slice(*(x if b is Index else b for b in (low, high, step)))])


def every(make, act):
    return [outcome(lambda: f(make, act, *bounds)) for f in (assign, delete, fetch)
            for bounds in ((0, 10, Index), (0, Index, 10), (Index, 10, None), (50, 90, Index))]


for act in (cut, lambda o: o.extend(o)): print(*every(lambda: list(range(100)), act))
# expect: NoneType ValueError NoneType NoneType NoneType NoneType NoneType NoneType int int int int
# expect: NoneType ValueError NoneType NoneType NoneType NoneType NoneType NoneType int int int int
# CPython itself crashes here.
if sys.implementation.name != "cpython":
    for make in (lambda: bytearray(100), lambda: array("i", range(100))):
        for act in (cut, lambda o: o.extend(o)): every(make, act)


class Key:
    """Empties `source` when it is compared for the third time."""
    def __hash__(self): return 1
    def __eq__(self, other):
        global left
        left -= 1
        if left == 0: source.clear()
        return False


def fresh():
    global source, left
    left = 10 ** 9
    source = {Key(): i for i in range(10)}
    left = 3
    return source


print(outcome(lambda: {**{Key(): 0}, **fresh()}), outcome(lambda: {Key(): 0}.update(fresh())), outcome(lambda: {Key(): 0} | fresh()))
# expect: RuntimeError RuntimeError RuntimeError

# Types that only the interpreter makes instances of have no instances without a body.
for kind in (re.Pattern, re.Match, types.GeneratorType, types.CoroutineType, types.BuiltinFunctionType, type(iter([]))):
    print(outcome(lambda: object.__new__(kind)), outcome(lambda: kind.__new__(kind)), outcome(kind))
# expect: TypeError TypeError TypeError
# expect: TypeError TypeError TypeError
# expect: TypeError TypeError TypeError
# expect: TypeError TypeError TypeError
# expect: TypeError TypeError TypeError
# expect: TypeError TypeError TypeError
