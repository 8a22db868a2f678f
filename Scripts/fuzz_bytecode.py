#!/usr/bin/env python3
"""Runs damaged code objects under taipan: any exception will do, a crash or a hang will not.

    Scripts/fuzz_bytecode.py [--count N] [--seed N] [--batch N] [--python PATH]

Each program starts from the code of a small function, class, generator or coroutine, is damaged with `code.replace` (instructions,
arguments, constants, names, flags, counts, line table) or in its marshalled bytes, and is then executed, called, disassembled and
shown. --python is the interpreter under test (default: the release build); CPython itself is not safe against such code.
A batch runs in a process of its own; of a batch that dies the last program's seed is printed.
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

SOURCES = [
    "def f(a, b=2, *c, d=4, **e):\n x = a + b\n for i in range(3):\n  x += i\n return x, c, d, e\nr = f(1)\n",
    "def f(n):\n try:\n  if n: raise ValueError(n)\n  return 1\n except (ValueError, TypeError) as e:\n  return str(e)\n finally:\n  n = 0\nr = f(1)\n",
    "def g(n):\n while n:\n  n -= 1\n  y = yield n\n yield from [1, 2]\nr = list(g(3))\n",
    "def outer(x):\n def inner(y):\n  nonlocal x\n  x += y\n  return [x * z for z in range(y)]\n return inner\nr = outer(1)(3)\n",
    "class A(dict):\n k = 1\n def m(self): return super().__len__() + self.k\nr = A().m()\n",
    "async def c(x):\n async with x as y:\n  async for z in y: await z\n return [i async for i in y]\nr = c(1)\ntry: r.send(None)\nexcept AttributeError: pass\n",
    "import sys\nwith open(__file__ if 0 else '/dev/null') as f: r = f.read()\nd = {**{1: 2}, 'a': [*range(3)]}\nr = f'{d!r:>10}{sys!s}'\n",
    "def m(v):\n match v:\n  case [1, x, *y] if x: return x\n  case {'k': z, **w}: return z\n  case int(q) | str(q): return q\n  case _: return None\nr = m([1, 2, 3]), m({'k': 1}), m('s')\n",
    "def k(*a, **kw): return a, kw\na, *b = k(*[1], **{'x': 2})\nassert a, 'no'\nr = a < b[0].__len__ if 0 else not a\ndel a\nr = [i for i in {1, 2} if i] + list({i: i for i in 'ab'})\nx: int = 3\n",
    "from os.path import join as j, split\nr = lambda q=1, *, z=2: (yield q + z)\nfor i in 1, 2:\n if i: continue\n break\nelse: r = 1\nr = r[1:2] if isinstance(r, list) else -3 ** 2 // 5 % 7 @ 8 if 0 else ~1\n",
]

WORKER = r'''
import dis, io, marshal, random, signal, sys, types
sources, first, count = eval(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
sys.setrecursionlimit(200)

def codes(code):
    yield code
    for c in code.co_consts:
        if isinstance(c, types.CodeType): yield from codes(c)

VALUES = [None, 0, 1, -1, 2 ** 70, 1.5, "", "a", b"x", (), (1, 2), ("a",), (None,), frozenset({1}), ..., True, ("a", "b", "c")]

def damage(random, code):
    """`code` with one to three faults."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        kind = random.randrange(14)
        change = {}
        raw = bytearray(code.co_code)
        if kind < 6 and raw:
            at = random.randrange(len(raw))
            how = random.randrange(6)
            if how == 0: raw[at] = random.randrange(256)
            elif how == 1: raw[at & ~1] = random.choice(list(dis.opmap.values()))
            elif how == 2: raw[at | 1 if at | 1 < len(raw) else at] = random.choice((0, 1, 2, 3, 5, 50, 255))
            elif how == 3: del raw[at & ~1:(at & ~1) + 2]
            elif how == 4: raw[at & ~1:at & ~1] = bytes([random.choice(list(dis.opmap.values())), random.choice((0, 1, 2, 255))])
            else:
                other = random.randrange(len(raw)) & ~1
                at &= ~1
                raw[at:at + 2], raw[other:other + 2] = raw[other:other + 2], raw[at:at + 2]
            change["co_code"] = bytes(raw)
        elif kind == 6: change["co_consts"] = tuple(random.choice((c, random.choice(VALUES))) for c in code.co_consts[:random.randrange(len(code.co_consts) + 1)])
        elif kind == 7: change["co_names"] = code.co_names[:random.randrange(len(code.co_names) + 1)]
        elif kind == 8:
            n = random.randrange(len(code.co_varnames) + 3)
            change["co_varnames"] = (code.co_varnames + ("p", "q", "p"))[:n]
            if random.random() < 0.8: change["co_nlocals"] = n
        elif kind == 9: change["co_flags"] = code.co_flags ^ 1 << random.randrange(12)
        elif kind == 10: change[random.choice(("co_argcount", "co_kwonlyargcount", "co_posonlyargcount", "co_nlocals"))] = random.choice((0, 1, 2, 3, 100, 2 ** 31 - 1))
        elif kind == 11: change["co_stacksize"] = random.choice((0, 1, 2, 1000, 2 ** 31 - 1, 2 ** 20))
        elif kind == 12: change[random.choice(("co_cellvars", "co_freevars"))] = random.choice(((), ("x",), ("x", "y"), ("__class__",), ("a",) * 300))
        else: change[random.choice(("co_linetable", "co_lnotab"))] = bytes(random.randrange(256) for _ in range(random.randrange(12)))
        if random.random() < 0.1: change["co_firstlineno"] = random.choice((0, 1, 2 ** 31 - 1, 10 ** 6))
        if "co_lnotab" in change: change = {"co_linetable": change["co_lnotab"]}
        code = code.replace(**change)
    return code

def graft(code, old, new):
    if code is old: return new
    return code.replace(co_consts=tuple(graft(c, old, new) if isinstance(c, types.CodeType) else c for c in code.co_consts))

def mutate_bytes(random, code):
    raw = bytearray(marshal.dumps(code))
    for _ in range(random.choice((1, 1, 2, 4))):
        raw[random.randrange(len(raw))] = random.choice((random.randrange(256), 0, 1, 255, 128))
    return marshal.loads(bytes(raw))

def use(code):
    out = io.StringIO()
    scope = {"__name__": "fuzz", "__file__": "fuzz"}
    def attempt(what):
        try: return what()
        except Late: raise
        except SystemExit: pass
        except BaseException as e:
            try: repr(e), e.__traceback__.tb_lineno
            except Late: raise
            except BaseException: pass
    attempt(lambda: exec(code, scope))
    attempt(lambda: exec(code, {}, scope))
    attempt(lambda: dis.dis(code, file=out))
    attempt(lambda: list(code.co_lines()))
    attempt(lambda: (repr(code), hash(code), code == code.replace(), marshal.dumps(code)))
    attempt(lambda: list(dis.findlinestarts(code)))
    for value in list(scope.values()):
        if isinstance(value, types.FunctionType):
            for arguments in ((), (1,), (1, 2, 3)):
                result = attempt(lambda: value(*arguments))
                if result is not None:
                    for act in (lambda: next(result), lambda: result.send(1), lambda: result.throw(KeyError), lambda: result.close(), lambda: list(result)): attempt(act)
            attempt(lambda: value(a=1, **{"b": 2}))
    cells = tuple(types.CellType(1) for _ in code.co_freevars)
    function = attempt(lambda: types.FunctionType(code, scope, "f", (1, 2), cells))
    if function:
        def traced():
            sys.settrace(lambda f, e, a: (f.f_lineno, f.f_locals) and None)
            try: function(1)
            finally: sys.settrace(None)
        for act in (lambda: function(), lambda: function(1, 2, 3), lambda: function(*range(300)), traced):
            result = attempt(act)
            if isinstance(result, (types.GeneratorType, types.CoroutineType)):
                attempt(lambda: result.send(None)), attempt(lambda: result.close())
        attempt(lambda: setattr(function, "__code__", (lambda: 1).__code__))

for number in range(first, first + count):
    choice = random.Random(number)
    print(number, flush=True)
    top = compile(choice.choice(sources), "fuzz.py", "exec")
    signal.setitimer(signal.ITIMER_REAL, 3)
    try:
        try:
            if choice.random() < 0.25: code = mutate_bytes(choice, top)
            else:
                victim = choice.choice(list(codes(top)))
                code = graft(top, victim, damage(choice, victim))
            if isinstance(code, types.CodeType): use(code)
        finally: signal.setitimer(signal.ITIMER_REAL, 0)
    except Late: pass
    except Exception: pass
    except SystemExit: pass
'''


def run_batch(python, first, count):
    """The seed of the program that ended the batch and how, or None."""
    work = pathlib.Path("/tmp") / f"fuzz_bytecode.{os.getpid()}"
    work.write_text(WORKER)
    try:
        done = subprocess.run(
            [python, str(work), repr(SOURCES), str(first), str(count)], stdin=subprocess.DEVNULL, capture_output=True, timeout=60 + count)
        numbers, code = done.stdout, done.returncode
        end = f"exit {code}: " + done.stderr.decode(errors="replace").strip()[-200:]
    except subprocess.TimeoutExpired as error:
        numbers, code, end = error.stdout or b"", -9, "does not end"
    finally:
        work.unlink()
    seeds = [line for line in numbers.split(b"\n") if line.isdigit()]
    last = int(seeds[-1]) if seeds else first
    return None if code == 0 else (last, end)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--python", default=str(ROOT / ".build" / "release" / "taipan"))
    options = parser.parse_args()
    at, end, failures = options.seed, options.seed + options.count, 0
    while at < end:
        count = min(options.batch, end - at)
        bad = run_batch(options.python, at, count)
        if bad is None:
            at += count
            continue
        failures += 1
        print(f"seed {bad[0]}: {bad[1]}", flush=True)
        at = bad[0] + 1
    print(f"{options.count} programs, {failures} crashes or hangs")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
