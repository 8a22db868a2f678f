#!/usr/bin/env python3
"""Runs random programs under CPython 3.10 and under taipan: where output or last error line differ, they are shrunk and kept.

    Scripts/fuzz_run.py [--count N] [--seed S] [--batch 200] [--keep DIR] [--taipan PATH] [--stop N] [--stress N] [--trace]

Programs are made to run: classes with operators, descriptors, metaclasses and slots, generators driven by hand, closures,
try/finally/with, containers, slices, formatting, numbers, string methods, comprehensions, match, coroutines, star-calls,
deletes. Loops are bounded; what raises says so and the program goes on, now and then it is let through to the top. Each
program is a function of seed and number. With --stress taipan collects at every Nth allocation; with --trace all runs under
a trace function that prints its events. Found programs go to DIR (default Fuzz/Run), which Tests/Checks/fuzz_run replays.
Runs under the oracle (Scripts/oracle-python); exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402
from shrink import shrink  # noqa: E402

# What each program may use. `show` prints a value or what making it raised.
PRELUDE = '''
import sys
def show(label, thunk):
    try:
        value = thunk()
        print(label, type(value).__name__, ascii(value)[:300])
    except Exception as e:
        print(label, "raises", type(e).__name__, ascii(str(e))[:300], chain(e))
def chain(e):
    parts = []
    seen = 0
    while e is not None and seen < 6:
        if e.__cause__ is not None:
            parts.append("cause " + type(e.__cause__).__name__)
            e = e.__cause__
        elif e.__context__ is not None and not e.__suppress_context__:
            parts.append("context " + type(e.__context__).__name__)
            e = e.__context__
        else:
            break
        seen += 1
    return parts
def drive(make, *steps):
    """Sends, throws and closes by hand: ("s", value), ("t", exception), ("c",)."""
    try:
        it = make()
    except Exception as e:
        print(" make raises", type(e).__name__, ascii(str(e))[:200])
        return
    if not hasattr(it, "send"):
        print(" not driven:", type(it).__name__)
        return
    for step in steps:
        try:
            if step[0] == "s":
                print(" sent", ascii(it.send(step[1]))[:200])
            elif step[0] == "t":
                print(" thrown", ascii(it.throw(step[1]))[:200])
            else:
                print(" closed", it.close())
        except StopIteration as e:
            print(" stops", ascii(e.value)[:200])
        except Exception as e:
            print(" raises", type(e).__name__, ascii(str(e))[:200], chain(e))
kept = []
def keep(f):
    """What a generator function makes is not dropped before the end: when a collector finds it is its own business."""
    def make(*a, **k):
        it = f(*a, **k)
        kept.append(it)
        return it
    make.__name__ = f.__name__
    return make
class Awaitable:
    def __init__(self, *values): self.values = values
    def __await__(self):
        got = []
        for v in self.values:
            got.append((yield v))
        return got
class AsyncRange:
    def __init__(self, n): self.i, self.n = 0, n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        await Awaitable("anext")
        return self.i
class AsyncManager:
    def __init__(self, swallow=False): self.swallow = swallow
    async def __aenter__(self):
        await Awaitable("enter")
        return self.swallow
    async def __aexit__(self, kind, value, tb):
        await Awaitable("exit " + (kind.__name__ if kind else "-"))
        return self.swallow
class Manager:
    def __init__(self, name, swallow=()): self.name, self.swallow = name, swallow
    def __enter__(self):
        print(" enter", self.name)
        return self.name
    def __exit__(self, kind, value, tb):
        print(" exit", self.name, kind and kind.__name__, ascii(str(value))[:100])
        return kind is not None and issubclass(kind, self.swallow)
'''

# Runs the programs of a JSON file one after another, each in a namespace of its own.
RUN = PRELUDE + '''
import json, re, io
def strip(text): return re.sub("0x[0-9a-f]{5,}", "0x", text)
with open(sys.argv[1], encoding="utf-8") as f: programs = json.load(f)
base = {k: v for k, v in globals().items() if k[:2] != "__" and k not in ("programs", "f")}
traced = len(sys.argv) > 2
real = sys.stdout
for number, source in programs:
    out = io.StringIO()
    real.write("\\x01%d\\n" % number)
    real.flush()
    try:
        code = compile(source, "fuzz.py", "exec")
        namespace = dict(base, __name__="fuzz", __builtins__=__builtins__)
        def tracer(frame, event, arg):
            if frame.f_code.co_filename != "fuzz.py": return None
            if event == "line": arg = sorted(frame.f_locals) if frame.f_code.co_flags & 2 else None
            elif event == "exception": arg = arg[0].__name__
            elif event == "return": arg = ascii(arg)[:60]
            out.write("# %s %s %s %s %s\\n" % (frame.f_code.co_name, event, frame.f_lineno, frame.f_lasti if event == "return" and not frame.f_code.co_flags & 0x2A0 else "", arg))
            return tracer
        sys.stdout = out
        try:
            if traced: sys.settrace(tracer)
            exec(code, namespace)
            sys.settrace(None)
        finally:
            sys.settrace(None)
            for it in kept:
                for _ in range(30):
                    try:
                        it.close()
                        break
                    except RuntimeError as e: print("closing", ascii(str(e))[:100])
                    except BaseException as e: print("closing", type(e).__name__, ascii(str(e))[:100])
            kept.clear()
            sys.stdout = real
        last = "-"
    except BaseException as e:
        sys.stdout = real
        import traceback
        lines = []
        t = e.__traceback__
        while t is not None:
            if t.tb_frame.f_code.co_filename == "fuzz.py": lines.append("%s:%s" % (t.tb_frame.f_code.co_name, t.tb_lineno))
            t = t.tb_next
        last = "".join(traceback.format_exception_only(type(e), e)).strip() + " @ " + " ".join(lines[-8:])
    real.write(strip(out.getvalue()).encode("ascii", "backslashreplace").decode() + "\\n\\x02" + strip(ascii(last)) + "\\n")
    real.flush()
'''

INT = ["0", "1", "-1", "2", "3", "7", "-5", "10", "63", "255", "1000", "2**40", "-2**40", "2**47", "2**48 - 1", "-2**47", "2**63", "2**64 + 1", "-10**20", "10**30", "True"]
FLOAT = ["0.0", "-0.0", "1.0", "-1.5", "2.5", "0.1", "1e16", "1e-7", "1e300", "float('inf')", "3.0", "123456.789", "5e-324"]
TEXT = ["''", "'a'", "'abc'", "'Hello, World'", "'  pad '", "'x,y,,z'", "'\\xe9t\\xe9'", "'\\u65e5\\u672c'", "'\\U0001f600'", "'12'", "'-7'", "'a b\\tc\\nd'", "'ABCabc'", "'%s'", "'{}'", "'straße'", "'a' * 5"]
BYTES = ["b''", "b'a'", "b'abc'", "b'\\x00\\xff'", "b'a,b'", "bytearray(b'xyz')", "bytes(range(5))"]
FORMATS = ["", ">10", "<6", "^9", "*^8", "+", "08", ",", "_", "x", "#x", "#o", "b", "c", "e", ".3f", "g", "%", "10.2f", "s", ".2", "n", "=+8", "+.1e", "#010b", ",.2f", "d", "!r:>8"]
PERCENTS = ["%s", "%r", "%d", "%5d", "%-5d|", "%05d", "%x", "%#o", "%+.2f", "%e", "%g", "%c", "%%", "%10s", "%.2s", "%a", "%i", "%(k)s"]
EXCEPTIONS = ["ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError", "StopIteration", "RuntimeError", "AttributeError", "OSError", "LookupError", "ArithmeticError", "GeneratorExit", "NameError", "AssertionError"]
BINARY = ["+", "-", "*", "/", "//", "%", "&", "|", "^", "@", "<<", ">>", "**"]
COMPARE = ["<", ">", "==", "!=", "<=", ">=", "is", "is not", "in", "not in"]
DUNDERS = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "&": "and", "|": "or", "^": "xor", "@": "matmul", "<<": "lshift", ">>": "rshift", "**": "pow"}
STRING_METHODS = ["upper()", "lower()", "title()", "strip()", "split()", "split(',')", "split('b', 1)", "rsplit(None, 1)", "partition('b')", "rpartition(',')", "replace('a', 'zz')", "replace('b', '', 1)",
                  "find('b')", "rfind('a', 0, 2)", "index('c')", "count('a')", "center(9, '*')", "ljust(6)", "rjust(7, '.')", "zfill(6)", "startswith(('a', 'H'))", "endswith('c', -2)", "isdigit()", "isalpha()",
                  "isidentifier()", "islower()", "isspace()", "swapcase()", "capitalize()", "casefold()", "expandtabs(4)", "splitlines(True)", "encode()", "encode('latin-1', 'replace')", "encode('ascii')",
                  "join(['p', 'q'])", "join('xyz')", "translate({97: 'AA', 98: None})", "removeprefix('a')", "removesuffix('c')", "format(1, k=2)", "format_map({'k': 1})", "isprintable()", "__len__()", "__contains__('a')"]
LIST_METHODS = ["append({})", "extend([{}, 1])", "insert(1, {})", "pop()", "pop(0)", "remove({})", "reverse()", "sort()", "sort(key=repr, reverse=True)", "index({})", "count({})", "copy()", "clear()", "__len__()",
                "__add__([{}])", "__mul__(2)", "__contains__({})", "__imul__(2)", "__reversed__()"]
DICT_METHODS = ["get({})", "get({}, 'd')", "pop({}, None)", "pop({})", "popitem()", "setdefault({}, [])", "update({{'u': {}}})", "update(k={})", "keys()", "values()", "items()", "copy()", "clear()", "__contains__({})",
                "__or__({{'o': {}}})", "__getitem__({})", "keys() & {{'a', 1}}", "items() - {{(1, 2)}}"]
SET_METHODS = ["add({})", "discard({})", "remove({})", "pop()", "union([{}])", "intersection({{1, 2, 'a'}})", "difference([{}])", "symmetric_difference([1, 'q'])", "issubset({{1, 2, 3}})", "isdisjoint([{}])", "copy()",
               "update([{}], 'xy')", "__len__()"]


class Program:
    """Writes one random program that runs to its end."""

    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.classes = []
        self.functions = []
        self.generators = []
        self.coroutines = []
        self.variables = ["v0", "v1", "v2"]
        self.serial = 0
        self.locals = []
        self.depth = 0

    def pick(self, items):
        return items[self.rng.randrange(len(items))]

    def chance(self, p):
        return self.rng.random() < p

    def fresh(self, prefix):
        self.serial += 1
        return f"{prefix}{self.serial}"

    # MARK: expressions
    def name(self):
        return self.pick(self.locals) if self.locals and self.chance(0.7) else self.pick(self.variables)

    def int_(self, d=3):
        r = self.rng.random()
        if d <= 0 or r < 0.45:
            return self.pick(INT) if self.chance(0.8) else str(self.rng.randrange(-300, 300))
        if r < 0.75:
            op = self.pick(BINARY)
            right = self.pick(["2", "3", "5", "0", "10"]) if op in ("<<", ">>", "**") else self.int_(d - 1)
            left = self.pick(["2", "-3", "7", "10", "0"]) if op == "**" else self.int_(d - 1)
            return f"({left} {op} {right})"
        return self.pick([f"len({self.container(d - 1)})", f"int({self.float_(d - 1)})", f"hash({self.int_(d - 1)})", f"abs({self.int_(d - 1)})", f"(-{self.int_(d - 1)})", f"(~{self.int_(d - 1)})",
                          f"({self.int_(d - 1)}).bit_length()", f"divmod({self.int_(d - 1)}, {self.int_(d - 1)})[1]", f"pow({self.pick(INT[:8])}, {self.pick(INT[:9])}, {self.pick(INT[3:12])})", f"round({self.float_(d - 1)})",
                          f"ord({self.text(d - 1)}[0])", f"sum({self.list_(d - 1)})", f"max({self.int_(d - 1)}, {self.int_(d - 1)})", f"int({self.text(0)}, {self.pick(['10', '16', '0', '36'])})"])

    def float_(self, d=3):
        if d <= 0 or self.chance(0.5):
            return self.pick(FLOAT)
        return self.pick([f"({self.float_(d - 1)} {self.pick(BINARY[:6])} {self.float_(d - 1)})", f"float({self.int_(d - 1)})", f"({self.int_(d - 1)} / {self.int_(d - 1)})", f"round({self.float_(d - 1)}, {self.pick(['1', '2', '-1'])})",
                          f"abs({self.float_(d - 1)})", f"({self.float_(d - 1)} * {self.int_(d - 1)})", f"float({self.text(0)})"])

    def text(self, d=3):
        r = self.rng.random()
        if d <= 0 or r < 0.35:
            return self.pick(TEXT)
        if r < 0.5:
            return f"{self.text(d - 1)}.{self.pick(STRING_METHODS[:12])}"
        return self.pick([lambda: f"({self.text(d - 1)} + {self.text(d - 1)})", lambda: f"str({self.any(d - 1)})", lambda: f"repr({self.any(d - 1)})", lambda: f"{self.text(d - 1)}{self.slice()}",
                          lambda: f"format({self.any(d - 1)}, {self.pick(FORMATS)!r})", lambda: self.percent(d), lambda: self.fstring(d), lambda: f"({self.text(d - 1)} * {self.pick(['0', '2', '3', '-1'])})",
                          lambda: f"','.join(map(str, {self.container(d - 1)}))", lambda: f"chr({self.rng.randrange(0, 0x3000)})", lambda: f"'{{:{self.pick(FORMATS[:-1])}}}|{{!r}}'.format({self.any(d - 1)}, {self.any(d - 1)})",
                          lambda: f"ascii({self.text(d - 1)})", lambda: f"{self.bytes_(d - 1)}.decode({self.pick(['', repr('latin-1'), repr('ascii') + ', ' + repr('replace')])})"])()

    def percent(self, d):
        n = self.rng.randint(1, 3)
        spec = " ".join(self.pick(PERCENTS) for _ in range(n))
        return f"({spec!r} % ({', '.join(self.any(d - 2) for _ in range(n))},))"

    def fstring(self, d):
        parts = []
        for _ in range(self.rng.randint(1, 3)):
            spec = self.pick(["", "", "!r", ":>8", ":{5}", ":.2f", "!s:^7", ":x"])
            parts.append("{" + self.pick([self.name(), self.pick(INT), "[1, 2][0]", f"({self.name()}, 1)"]) + spec + "}" if self.chance(0.7) else self.pick(["t", "{{", "é"]))
        return 'f"' + "".join(parts) + '"'

    def bytes_(self, d=3):
        if d <= 0 or self.chance(0.5):
            return self.pick(BYTES)
        return self.pick([f"({self.bytes_(d - 1)} + {self.bytes_(d - 1)})", f"{self.bytes_(d - 1)}{self.slice()}", f"{self.text(d - 1)}.encode()", f"{self.bytes_(d - 1)}.hex()", f"{self.bytes_(d - 1)}.split(b',')",
                          f"bytes({self.list_(d - 1)})", f"{self.bytes_(d - 1)}.replace(b'a', b'bb')", f"{self.bytes_(d - 1)}.upper()", f"({self.bytes_(d - 1)} * 2)", f"memoryview({self.bytes_(d - 1)}).tolist()", f"(b'%d %s' % (3, {self.bytes_(0)}))"])

    def slice(self):
        def part():
            return self.pick(["", "", "0", "1", "2", "-1", "-2", "5", "None", "2**65"])
        return self.pick([f"[{part()}:{part()}]", f"[{part()}:{part()}:{self.pick(['1', '-1', '2', '-2', '3', ''])}]", f"[{self.pick(['0', '1', '-1', '2', '7'])}]"])

    def items(self, d, low=0, high=4):
        out = []
        for _ in range(self.rng.randint(low, high)):
            out.append("*" + self.container(d - 1) if self.chance(0.08) else self.any(d - 1))
        return ", ".join(out)

    def list_(self, d=3):
        r = self.rng.random()
        if d <= 0 or r < 0.4:
            return self.pick(["[]", "[1]", "[3, 1, 2]", "['a', 'b']", "[1, 'a', None]", "list(range(6))", "[0.5, 1]", "list('abc')", "[[1], [2]]"])
        return self.pick([lambda: f"[{self.items(d)}]", lambda: f"sorted({self.container(d - 1)}, key=repr)", lambda: self.comprehension("[", "]", d), lambda: f"({self.list_(d - 1)} + {self.list_(d - 1)})",
                          lambda: f"({self.list_(d - 1)} * {self.pick(['0', '1', '2', '3'])})", lambda: f"list({self.container(d - 1)})", lambda: f"list(zip({self.container(d - 1)}, {self.container(d - 1)}))",
                          lambda: f"list(map({self.pick(['str', 'repr', 'type', 'lambda q: (q, q)', 'bool', 'len'])}, {self.container(d - 1)}))", lambda: f"list(enumerate({self.container(d - 1)}, {self.pick(['0', '5', '-1'])}))",
                          lambda: f"list(filter({self.pick(['None', 'bool', 'lambda q: q != 1'])}, {self.container(d - 1)}))", lambda: f"list(reversed({self.list_(d - 1)}))", lambda: f"{self.list_(d - 1)}{self.pick(['[:]', '[1:]', '[::-1]', '[:2]'])}"])()

    def tuple_(self, d=3):
        return self.pick(["()", "(1,)", "(1, 'a')", "((1, 2), 3)", f"({self.items(d, 1)},)", f"tuple({self.container(d - 1)})"]) if d > 0 else self.pick(["()", "(1, 2)", "('a',)"])

    def dict_(self, d=3):
        if d <= 0 or self.chance(0.4):
            return self.pick(["{}", "{1: 2}", "{'a': 1, 'b': [2]}", "{(1, 2): None, 3.0: 'x'}", "dict(k=1, j='z')", "{True: 1, 1.0: 2}"])
        return self.pick([lambda: "{" + ", ".join(f"{self.key(d - 1)}: {self.any(d - 1)}" for _ in range(self.rng.randint(1, 3))) + "}", lambda: "{**" + self.dict_(d - 1) + ", 'z': " + self.any(d - 1) + "}",
                          lambda: f"dict(zip({self.tuple_(d - 1)}, {self.list_(d - 1)}))", lambda: f"({self.dict_(d - 1)} | {self.dict_(d - 1)})", lambda: "{k: v for k, v in " + self.dict_(d - 1) + ".items() if v}",
                          lambda: f"dict.fromkeys({self.container(d - 1)}, {self.any(d - 1)})"])()

    def set_(self, d=3):
        return self.pick([lambda: "set()", lambda: "{1, 2, 3}", lambda: "frozenset({1, 'a'})", lambda: f"set({self.container(d - 1)})", lambda: self.comprehension("{", "}", d),
                          lambda: f"({self.set_(d - 1)} {self.pick('|&-^')} {self.set_(d - 1)})"][: 3 if d <= 0 else 6])()

    def key(self, d):
        return self.pick([lambda: self.pick(INT), lambda: self.pick(TEXT), lambda: self.pick(FLOAT[:8]), lambda: "None", lambda: "(1, 2)", lambda: self.any(d)])()

    def container(self, d=3):
        return self.pick([self.list_, self.list_, self.tuple_, self.dict_, self.set_, self.text, lambda d: self.pick(["range(5)", "range(0, 10, 3)", "range(3, -3, -2)"]), lambda d: self.name() if self.chance(0.5) else "'xyz'"])(d)

    def comprehension(self, open_, close, d):
        x = self.fresh("i")
        self.locals.append(x)
        inner = self.any(d - 2)
        condition = f" if {self.test(d - 2)}" if self.chance(0.4) else ""
        second = ""
        if self.chance(0.2):
            y = self.fresh("j")
            second = f" for {y} in ({x}, {self.any(0)})"
            inner = f"({inner}, {y})"
        self.locals.pop()
        return f"{open_}{inner} for {x} in {self.pick(['range(3)', self.list_(d - 1), self.container(d - 1)])}{condition}{second}{close}"

    def test(self, d=3):
        if d <= 0:
            return self.pick([self.name(), "True", "0", "[]", "'x'", "None"])
        return self.pick([lambda: f"{self.any(d - 1)} {self.pick(COMPARE[:6])} {self.any(d - 1)}", lambda: f"{self.any(d - 1)} {self.pick(COMPARE[6:])} {self.container(d - 1)}", lambda: f"not {self.any(d - 1)}",
                          lambda: f"({self.test(d - 1)}) and ({self.test(d - 1)})", lambda: f"({self.test(d - 1)}) or ({self.test(d - 1)})", lambda: f"isinstance({self.any(d - 1)}, {self.pick(['int', 'str', '(list, tuple)', 'object', 'int | str'])})",
                          lambda: f"{self.int_(d - 1)} < {self.int_(d - 1)} <= {self.int_(d - 1)}", lambda: f"callable({self.any(d - 1)})", lambda: self.any(d - 1)])()

    def object_(self, d=3):
        if not self.classes:
            return "object"
        c = self.pick(self.classes)
        return self.pick([f"{c}({self.any(d - 1)})", f"{c}({self.int_(1)})", f"{c}()", c, f"{c}({self.text(0)}, k={self.int_(0)})"])

    def call(self, d=3):
        if not self.functions:
            return self.int_(d)
        f = self.pick(self.functions)
        return f"{f}({self.arguments(d)})"

    def arguments(self, d):
        parts = [self.any(d - 1) for _ in range(self.pick([0, 1, 1, 2, 2, 3]))]
        if self.chance(0.15):
            parts.append("*" + self.container(d - 1))
        if self.chance(0.25):
            parts.append(self.pick(["b", "k", "c", "w"]) + "=" + self.any(d - 1))
        if self.chance(0.1):
            parts.append("**" + self.dict_(d - 1))
        return ", ".join(parts)

    def any(self, d=3):
        if d <= 0:
            return self.pick([self.name(), self.name(), self.pick(INT), self.pick(FLOAT), self.pick(TEXT), "None", "[]", "(1, 2)", self.pick(BYTES)])
        return self.pick([self.int_, self.int_, self.int_, self.float_, self.text, self.text, self.bytes_, self.list_, self.list_, self.tuple_, self.dict_, self.set_, self.object_, self.object_, self.call, self.mixed,
                          self.mixed, lambda d: self.name(), lambda d: self.name(), self.lambda_, self.ternary, self.operation])(d)

    def mixed(self, d):
        return self.pick([lambda: f"({self.any(d - 1)} {self.pick(BINARY[:-3])} {self.any(d - 1)})", lambda: f"{self.name()}{self.slice()}", lambda: f"{self.container(d - 1)}{self.slice()}", lambda: f"{self.name()}.{self.pick(['x', 'y', 'm', 'p', 'd', '__class__', '__doc__'])}",
                          lambda: f"type({self.any(d - 1)})", lambda: f"({self.test(d - 1)})", lambda: f"{self.name()}.m({self.any(d - 1)})", lambda: f"getattr({self.any(d - 1)}, {self.pick(['x', 'real', 'm', 'zz'])!r}, None)",
                          lambda: f"next(iter({self.container(d - 1)}), 'none')", lambda: f"min({self.container(d - 1)}, default=0)", lambda: f"any({self.container(d - 1)})", lambda: f"bool({self.any(d - 1)})",
                          lambda: f"(lambda *a, **k: (a, sorted(k)))({self.arguments(d)})", lambda: f"isinstance({self.any(d - 1)}, {self.object_(0)})", lambda: f"dir({self.name()})[:2]", lambda: f"vars({self.name()})"])()

    def operation(self, d):
        return self.pick([lambda: f"{self.text(d - 1)}.{self.pick(STRING_METHODS)}", lambda: f"{self.list_(d - 1)}.{self.pick(LIST_METHODS).format(self.any(0))}", lambda: f"{self.dict_(d - 1)}.{self.pick(DICT_METHODS).format(self.any(0))}",
                          lambda: f"{self.set_(d - 1)}.{self.pick(SET_METHODS).format(self.any(0))}"])()

    def lambda_(self, d):
        return f"(lambda q={self.any(d - 1)}: {self.pick(['q', '(q, q)', '[q] * 2', 'str(q)'])})()"

    def ternary(self, d):
        return f"({self.any(d - 1)} if {self.test(d - 1)} else {self.any(d - 1)})"

    # MARK: statements
    def emit(self, indent, text):
        self.lines.append("    " * indent + text)

    def block(self, indent, kind=""):
        self.depth += 1
        for _ in range(self.pick([1, 2, 2, 3])):
            self.statement(indent, kind)
        self.depth -= 1

    def target(self):
        return self.pick(self.locals) if self.locals and self.chance(0.6) else self.pick(self.variables)

    def local(self):
        """A name the running function may bind."""
        if self.locals is self.no_locals:
            return self.pick(self.variables)
        if not self.locals or self.chance(0.4):
            self.locals.append(self.fresh("n"))
        return self.pick(self.locals)

    no_locals = []

    def bind(self, kind):
        if "f" in kind:
            if not self.locals or self.chance(0.3):
                self.locals.append(self.fresh("n"))
            return self.pick(self.locals)
        return self.pick(self.variables)

    def statement(self, indent, kind=""):
        # kind: f in a function, g in a generator, a in a coroutine, l in a loop
        simple = [self.assign, self.assign, self.assign, self.show_, self.show_, self.augment, self.mutate, self.unpack, self.delete, self.store]
        if "f" in kind:
            simple += [self.return_, self.raise_]
        if "g" in kind:
            simple += [self.yield_, self.yield_, self.yield_]
        if "a" in kind:
            simple += [self.await_, self.await_, self.await_]
        if "l" in kind:
            simple += [self.jump]
        if self.depth >= 4 or self.chance(0.55):
            return self.pick(simple)(indent, kind)
        self.pick([self.if_, self.for_, self.for_, self.while_, self.try_, self.try_, self.try_, self.with_, self.match_, self.closure])(indent, kind)

    def assign(self, indent, kind):
        self.emit(indent, f"{self.bind(kind)} = {self.any()}")

    def show_(self, indent, kind):
        self.emit(indent, f"print({str(self.serial)!r}, ascii({self.any()})[:200])")

    def augment(self, indent, kind):
        self.emit(indent, f"{self.bind(kind)} {self.pick(BINARY[:9])}= {self.any(2)}")

    def mutate(self, indent, kind):
        name = self.name()
        self.emit(indent, self.pick([f"{name}.append({self.any(1)})", f"{name}[{self.any(0)}] = {self.any(1)}", f"{name}.x = {self.any(1)}", f"{name}[1:2] = {self.list_(1)}", f"{name}.update({self.dict_(1)})",
                                     f"{name}.{self.pick(LIST_METHODS).format(self.any(0))}", f"{name}.{self.pick(DICT_METHODS).format(self.any(0))}", f"{name}[{self.any(0)}] += {self.any(0)}"]))

    def unpack(self, indent, kind):
        a, b = self.bind(kind), self.bind(kind)
        left = self.pick([f"{a}, {b}", f"{a}, *{b}", f"*{a}, {b}", f"({a}, {b}), {a}", f"[{a}, {b}]"])
        if a == b:
            left = self.pick([f"{a}, *_", f"{a}, _"])
        self.emit(indent, f"{left} = {self.pick([self.container(2), '(1, 2)', '[(1, 2), 3]', self.any(2)])}")

    def delete(self, indent, kind):
        name = self.name()
        self.emit(indent, self.pick([f"del {name}[{self.any(0)}]", f"del {name}.x", f"del {name}[::2]", "pass"] + ([f"del {self.pick(self.locals)}"] if "f" in kind and self.locals else [])))

    def store(self, indent, kind):
        self.emit(indent, f"{self.bind(kind)} = {self.pick([self.object_, self.list_, self.dict_, self.int_, self.text])(2)}")

    def return_(self, indent, kind):
        self.emit(indent, f"if {self.test(1)}: return {self.any(2)}")

    def raise_(self, indent, kind):
        e = self.pick(EXCEPTIONS)
        cause = self.pick(["", "", f" from {self.pick(EXCEPTIONS)}('c')", " from None"])
        self.emit(indent, f"if {self.test(1)}: raise {self.pick([e, f'{e}({self.any(0)})', f'{e}({self.text(0)})'])}{cause}")

    def yield_(self, indent, kind):
        other = self.pick([self.container(1)] + [f"{g}()" for g in self.generators[-3:]])
        self.emit(indent, self.pick([f"yield {self.any(2)}", f"{self.bind(kind)} = yield {self.any(1)}", f"print('got', ascii((yield {self.any(1)})))"] + ([f"{self.bind(kind)} = yield from {other}"] if "a" not in kind else [])))

    def await_(self, indent, kind):
        other = self.pick([f"Awaitable({self.any(1)}, {self.any(0)})"] + [f"{c}()" for c in self.coroutines[-2:]])
        self.emit(indent, self.pick([f"{self.bind(kind)} = await {other}", f"print('awaited', ascii(await {other})[:100])"]))

    def jump(self, indent, kind):
        self.emit(indent, f"if {self.test(1)}: {self.pick(['break', 'continue'])}")

    def if_(self, indent, kind):
        self.emit(indent, f"if {self.test()}:")
        self.block(indent + 1, kind)
        if self.chance(0.4):
            self.emit(indent, f"elif {self.test()}:")
            self.block(indent + 1, kind)
        if self.chance(0.5):
            self.emit(indent, "else:")
            self.block(indent + 1, kind)

    def for_(self, indent, kind):
        x = self.bind(kind)
        if "a" in kind and self.chance(0.4):
            self.emit(indent, f"async for {x} in AsyncRange({self.rng.randint(0, 3)}):")
        else:
            self.emit(indent, f"for {x} in {self.pick(['range(4)', self.container(2), self.list_(2), f'{self.container(1)}[:3]'] + [f'{g}()' for g in self.generators[-2:]])}:")
        self.block(indent + 1, kind + "l")
        if self.chance(0.3):
            self.emit(indent, "else:")
            self.block(indent + 1, kind)

    def while_(self, indent, kind):
        n = self.fresh("w")
        self.emit(indent, f"{n} = 0")
        self.emit(indent, f"while {n} < {self.rng.randint(1, 5)}:")
        self.emit(indent + 1, f"{n} += 1")
        self.block(indent + 1, kind + "l")
        if self.chance(0.3):
            self.emit(indent, "else:")
            self.block(indent + 1, kind)

    def try_(self, indent, kind):
        self.emit(indent, "try:")
        self.block(indent + 1, kind)
        handlers = self.pick([0, 1, 1, 2])
        for _ in range(handlers):
            what = self.pick([self.pick(EXCEPTIONS), f"({self.pick(EXCEPTIONS)}, {self.pick(EXCEPTIONS)})", "Exception", "Exception"])
            name = self.pick(["", " as e"])
            self.emit(indent, f"except {what}{name}:")
            if name:
                self.emit(indent + 1, "print('caught', type(e).__name__, ascii(str(e))[:200], chain(e))")
            if self.chance(0.15):
                self.emit(indent + 1, f"if {self.test(1)}: raise")
            self.block(indent + 1, kind)
        if handlers and self.chance(0.3):
            self.emit(indent, "else:")
            self.block(indent + 1, kind)
        if not handlers or self.chance(0.4):
            self.emit(indent, "finally:")
            self.emit(indent + 1, f"print('finally {self.serial}')")
            self.block(indent + 1, kind)

    def with_(self, indent, kind):
        swallow = self.pick(["", "", ", Exception", f", {self.pick(EXCEPTIONS)}", f", ({self.pick(EXCEPTIONS)}, {self.pick(EXCEPTIONS)})"])
        if "a" in kind and self.chance(0.5):
            self.emit(indent, f"async with AsyncManager({self.pick(['', 'True'])}) as {self.bind(kind)}:")
        else:
            second = f", Manager('{self.fresh('m')}')" if self.chance(0.3) else ""
            self.emit(indent, f"with Manager('{self.fresh('m')}'{swallow}) as {self.bind(kind)}{second}:")
        self.block(indent + 1, kind)

    def pattern(self, d=2):
        if d <= 0:
            return self.pick(["_", "1", "'a'", "None", "-2", "3.0", "int()", "str()"])
        return self.pick([lambda: self.pattern(0), lambda: f"[{self.pattern(d - 1)}, *_]", lambda: f"({self.pattern(d - 1)}, {self.pattern(d - 1)})", lambda: f"[{self.pattern(0)}, *_, {self.pattern(0)}]",
                          lambda: f"{{'a': {self.pattern(d - 1)}}}", lambda: f"{{1: {self.pattern(0)}, **_r}}", lambda: f"({self.pattern(0)} | {self.pattern(0)})" if self.chance(0.5) else "(1 | 2 | 'b')",
                          lambda: f"{self.pick(['int', 'str', 'list', 'dict', 'tuple', 'float', 'bool'])}()", lambda: f"{self.pick(self.classes)}(x={self.pattern(0)})" if self.classes else "object()",
                          lambda: f"({self.pattern(d - 1)} as _p{d})"])()

    def match_(self, indent, kind):
        self.emit(indent, f"match {self.any()}:")
        for _ in range(self.rng.randint(1, 3)):
            p = self.pattern()
            if re.search(r"\(_ \||^_$", p):
                p = "[_, *_]"
            guard = f" if {self.test(1)}" if self.chance(0.3) else ""
            self.emit(indent + 1, f"case {p}{guard}:")
            self.block(indent + 2, kind)
        if self.chance(0.5):
            self.emit(indent + 1, "case _:")
            self.block(indent + 2, kind)

    def closure(self, indent, kind):
        f = self.fresh("h")
        outer = self.bind(kind)
        self.emit(indent, f"{outer} = {self.any(1)}")
        self.emit(indent, f"def {f}(p=None):")
        if "f" in kind and self.chance(0.5):
            self.emit(indent + 1, f"nonlocal {outer}")
            self.emit(indent + 1, f"{outer} = (p, {self.pick([outer, '1'])})")
        elif "f" not in kind:
            self.emit(indent + 1, f"global {outer}")
            self.emit(indent + 1, f"{outer} = [p]")
        self.emit(indent + 1, f"return ({outer}, {self.any(1)})")
        self.emit(indent, f"print('closure', ascii({f}({self.any(1)}))[:200], ascii({outer})[:100])")

    # MARK: definitions
    def function(self, kind=""):
        name = self.fresh({"": "f", "g": "g", "a": "c", "ag": "ag"}[kind])
        saved = self.locals
        self.locals = ["a", "b"]
        params = self.pick(["a, b=2", "a=1, *b", "a, /, b=3", "a=0, *, b=5", "a=None, b=(1, 2), *c, w=3, **k", "a='z', b=[], **k"])
        if kind:
            params = "a=1, b='q'"
        decorator = "@keep" if kind else self.pick(["", "", "", "@(lambda f: f)"])
        if decorator:
            self.emit(0, decorator)
        self.emit(0, f"{'async ' if 'a' in kind else ''}def {name}({params}):")
        if self.chance(0.2):
            self.emit(1, f"global {self.pick(self.variables)}")
        self.emit(1, "r0 = 0")
        if "g" in kind:
            self.emit(1, f"yield {self.any(1)}")
        elif "a" in kind:
            self.emit(1, f"r0 = await Awaitable({self.any(1)})")
        for _ in range(self.rng.randint(1, 4)):
            self.statement(1, "f" + kind)
        if "ag" != kind:
            self.emit(1, f"return {self.any(2)}")
        else:
            self.lines[:] = [re.sub(r"(^\s+if .*: return) .*$", r"\1", line) if i > 0 else line for i, line in enumerate(self.lines)]
        self.locals = saved
        {"": self.functions, "g": self.generators, "a": self.coroutines, "ag": []}[kind].append(name)
        return name

    def class_(self):
        name = self.fresh("C")
        bases = []
        if self.classes and self.chance(0.5):
            bases.append(self.pick(self.classes[-3:]))
            if self.chance(0.2) and len(self.classes) > 1:
                bases.append(self.pick(self.classes))
        elif self.chance(0.25):
            bases.append(self.pick(["int", "str", "list", "dict", "tuple", "float", "set", "Exception", "object", "bytes"]))
        plain = not bases
        if self.chance(0.12):
            bases.append(f"metaclass={self.metaclass()}")
        if self.chance(0.1):
            self.emit(0, "try:")
            self.emit(1, f"class {name}({', '.join(bases)}):" if bases else f"class {name}:")
            indent = 2
        else:
            self.emit(0, "try:")
            self.emit(1, f"class {name}({', '.join(dict.fromkeys(bases))}):" if bases else f"class {name}:")
            indent = 2
        saved = self.locals
        self.locals = []
        body = len(self.lines)
        if plain and self.chance(0.2):
            self.emit(indent, f"__slots__ = {self.pick(['()', repr(('x', 'y')), repr(('x', 'args', 'k')), repr('x')])}")
        if self.chance(0.7):
            self.emit(indent, "def __init__(self, x=0, *args, k=None):")
            self.emit(indent + 1, "self.x = x")
            if self.chance(0.3):
                self.emit(indent + 1, "self.y = args")
        members = [self.operator, self.operator, self.comparison, self.method, self.property_, self.sequence, self.protocol, self.class_method, self.attribute_hook, self.descriptor_, self.hooks]
        for _ in range(self.rng.randint(1, 5)):
            self.locals = ["self"]
            self.pick(members)(indent, name)
        self.locals = []
        if self.chance(0.3):
            self.emit(indent, f"z = {self.any(2)}")
        if len(self.lines) == body:
            self.emit(indent, "pass")
        self.locals = saved
        self.emit(0, "except Exception as e:")
        self.emit(1, f"print('class {name}', type(e).__name__, ascii(str(e))[:200])")
        self.emit(1, f"{name} = object")
        self.classes.append(name)

    def member(self, indent, head, *body):
        self.emit(indent, f"def {head}:")
        for line in body:
            self.emit(indent + 1, line)

    def answer(self, d=2):
        return self.pick([f"return {self.any(d)}", f"return {self.any(d)}", "return NotImplemented", f"raise {self.pick(EXCEPTIONS)}({self.text(0)})", "return self", f"return ({self.any(1)}, self)"])

    def operator(self, indent, name):
        op = DUNDERS[self.pick(BINARY)]
        prefix = self.pick(["", "", "r", "i"])
        self.member(indent, f"__{prefix}{op}__(self, o)", f"print(' {name}.{prefix}{op}')", self.answer())

    def comparison(self, indent, name):
        op = self.pick(["eq", "lt", "gt", "le", "ge", "ne"])
        self.member(indent, f"__{op}__(self, o)", f"print(' {name}.{op}')", self.pick(["return True", "return False", "return NotImplemented", self.answer(1)]))
        if op == "eq" and self.chance(0.6):
            self.emit(indent, self.pick(["__hash__ = None", "def __hash__(self): return 7", "def __hash__(self): return 'no'", "def __hash__(self): return -1"]))

    def method(self, indent, name):
        saved = self.locals
        self.locals = ["self", "a"]
        self.emit(indent, f"def m(self, a=1, *rest):")
        self.statement(indent + 1, "f")
        self.emit(indent + 1, self.pick([f"return {self.any(2)}", "return super().m(a)", "return self.x", "return __class__.__name__", "return rest"]))
        self.locals = saved

    def property_(self, indent, name):
        self.emit(indent, "@property")
        self.member(indent, "p(self)", self.answer())
        if self.chance(0.5):
            self.emit(indent, "@p.setter")
            self.member(indent, "p(self, v)", f"print(' {name}.p =', ascii(v)[:50])")

    def sequence(self, indent, name):
        self.pick([lambda: self.member(indent, "__len__(self)", f"return {self.pick(['3', '0', '-1', '2**70', repr('x'), 'True'])}"),
                   lambda: self.member(indent, "__getitem__(self, i)", f"print(' {name}[]', ascii(i)[:60])", "if isinstance(i, int) and i > 3: raise IndexError", self.pick(["return i", "raise KeyError(i)", "return (i, i)"])),
                   lambda: self.member(indent, "__iter__(self)", self.pick(["return iter([1, 2, 3])", "yield 1; yield 2", "return self", "return 5"])),
                   lambda: self.member(indent, "__contains__(self, o)", self.answer(1)), lambda: self.member(indent, "__setitem__(self, i, v)", f"print(' {name}[]=', ascii((i, v))[:90])"),
                   lambda: self.member(indent, "__delitem__(self, i)", f"print(' {name} del', ascii(i)[:90])"), lambda: self.member(indent, "__reversed__(self)", "return iter('rev')"),
                   lambda: self.member(indent, "__next__(self)", "raise StopIteration(5)"), lambda: self.member(indent, "__missing__(self, k)", "return ('missing', k)")])()

    def protocol(self, indent, name):
        self.pick([lambda: self.member(indent, "__repr__(self)", self.pick([f"return '<{name}>'", "return 5", "raise ValueError('repr')", f"return '{name}(%r)' % (getattr(self, 'x', None),)"])),
                   lambda: self.member(indent, "__str__(self)", self.pick([f"return 'str {name}'", "return None"])), lambda: self.member(indent, "__bool__(self)", self.pick(["return True", "return False", "return 1", "raise KeyError('b')"])),
                   lambda: self.member(indent, "__call__(self, *a, **k)", "return (a, sorted(k))"), lambda: self.member(indent, "__format__(self, spec)", "return 'F' + spec"),
                   lambda: self.member(indent, "__index__(self)", self.pick(["return 2", "return 'i'", "return True"])), lambda: self.member(indent, "__int__(self)", "return 42"), lambda: self.member(indent, "__float__(self)", self.pick(["return 1.5", "return 1"])),
                   lambda: self.member(indent, "__neg__(self)", self.answer(1)), lambda: self.member(indent, "__enter__(self)", "return self") or self.member(indent, "__exit__(self, *a)", f"print(' {name} exit', a[0])", "return True"),
                   lambda: self.member(indent, "__hash__(self)", self.pick(["return 1", "return hash('k')", "raise TypeError('h')"])), lambda: self.member(indent, "__round__(self, n=None)", "return ('round', n)"),
                   lambda: self.emit(indent, "__match_args__ = ('x', 'y')"), lambda: self.member(indent, "__abs__(self)", self.answer(1)), lambda: self.member(indent, "__length_hint__(self)", "return 3"),
                   lambda: self.member(indent, "__bytes__(self)", "return b'B'"), lambda: self.member(indent, "__dir__(self)", "return ['b', 'a']")])()

    def class_method(self, indent, name):
        self.emit(indent, self.pick(["@classmethod", "@staticmethod"]))
        self.member(indent, "m(first=None, *a)", "return (getattr(first, '__name__', first), a)")

    def attribute_hook(self, indent, name):
        self.pick([lambda: self.member(indent, "__getattr__(self, n)", self.pick(["return 'got ' + n", "raise AttributeError(n)", f"raise {self.pick(EXCEPTIONS)}(n)"])),
                   lambda: self.member(indent, "__getattribute__(self, n)", f"if n == 'x': return 'ga'", "return object.__getattribute__(self, n)"),
                   lambda: self.member(indent, "__setattr__(self, n, v)", f"print(' {name}.set', n)", "object.__setattr__(self, n, v)"), lambda: self.member(indent, "__delattr__(self, n)", f"print(' {name}.del', n)")])()

    def descriptor_(self, indent, name):
        self.emit(indent, "class D:")
        self.member(indent + 1, "__get__(self, o, t)", f"return ('get', o is None, t.__name__)")
        if self.chance(0.5):
            self.member(indent + 1, "__set__(self, o, v)", "print(' D set', ascii(v)[:50])")
        if self.chance(0.5):
            self.member(indent + 1, "__set_name__(self, o, n)", "print(' D named', n)")
        self.emit(indent, f"{self.pick(['d', 'x', 'y', 'm'])} = D()")

    def hooks(self, indent, name):
        self.pick([lambda: self.member(indent, "__init_subclass__(cls, **k)", f"print(' subclass of {name}:', cls.__name__, sorted(k))"), lambda: self.member(indent, "__class_getitem__(cls, i)", "return (cls.__name__, i)"),
                   lambda: self.member(indent, "__new__(cls, *a, **k)", f"print(' {name} new', len(a))", self.pick(["return super().__new__(cls)", "return super().__new__(cls, *a)", "return 5"])),
                   lambda: self.member(indent, "__instancecheck__(self, o)", "return True"), lambda: self.member(indent, "__copy__(self)", "return 'copy'")])()

    def metaclass(self):
        name = self.fresh("M")
        self.emit(0, f"class {name}(type):")
        self.emit(1, f"def __new__(m, n, b, ns, **k):")
        self.emit(2, f"print(' meta {name}', n, sorted(q for q in ns if q[:2] != '__'))")
        self.emit(2, "return super().__new__(m, n, b, ns)")
        for _ in range(self.rng.randint(0, 2)):
            self.pick([lambda: self.member(1, "__call__(c, *a, **k)", "print(' meta call', len(a))", "return super().__call__(*a, **k)"), lambda: self.member(1, "__getattr__(c, n)", "return 'meta ' + n"),
                       lambda: self.member(1, "__instancecheck__(c, o)", "return True"), lambda: self.member(1, "__iter__(c)", "return iter([c.__name__])"), lambda: self.member(1, "__len__(c)", "return 4"),
                       lambda: self.member(1, "__prepare__(n, b, **k)", "return {'prepared': 1}"), lambda: self.member(1, "__add__(c, o)", "return ('meta add', o)"), lambda: self.member(1, "__repr__(c)", "return 'meta repr'")])()
        self.lines[-1:] = [self.lines[-1]]
        for i, line in enumerate(self.lines):
            if line.strip().startswith("def __prepare__(n, b"):
                if not self.lines[i - 1].strip() == "@classmethod":
                    self.lines[i] = line.replace("(n, b", "(m, n, b")
                    self.lines.insert(i, "    @classmethod")
                    break
        return name

    def steps(self):
        out = ["('s', None)"]
        for _ in range(self.rng.randint(1, 5)):
            out.append(self.pick(["('s', None)", f"('s', {self.any(1)})", f"('t', {self.pick(EXCEPTIONS)}('t'))", "('c',)", "('s', 1)", f"('t', {self.pick(EXCEPTIONS)})"]))
        return ", ".join(out)

    def program(self):
        for name in self.variables:
            self.emit(0, f"{name} = {self.pick([self.int_, self.text, self.list_, self.dict_, self.float_])(1)}")
        for _ in range(self.rng.randint(1, 3)):
            r = self.rng.random()
            if r < 0.5:
                self.class_()
            else:
                self.function(self.pick(["", "", "g", "a"]))
        for _ in range(self.rng.randint(2, 6)):
            r = self.rng.random()
            if r < 0.15:
                self.class_()
            elif r < 0.3:
                self.function(self.pick(["", "g", "a"]))
            elif r < 0.5 and (self.generators or self.coroutines):
                self.emit(0, f"drive(lambda: {self.pick(self.generators + self.coroutines)}(), {self.steps()})")
            elif r < 0.75:
                label = self.fresh("e")
                self.emit(0, f"show('{label}', lambda: {self.any(4)})")
            elif self.chance(0.85):
                self.emit(0, "try:")
                for _ in range(self.rng.randint(1, 3)):
                    self.statement(1)
                self.emit(0, "except Exception as e:")
                self.emit(1, "print('top', type(e).__name__, ascii(str(e))[:200], chain(e))")
            else:
                self.statement(0)
        for f in self.functions:
            self.emit(0, f"show('{f}', lambda: {f}({self.arguments(3)}))")
        for g in self.generators:
            self.emit(0, f"show('{g}', lambda: list(zip({g}(), range(8))))")
        for c in self.classes[-2:]:
            self.emit(0, f"show('{c}', lambda: {self.pick([f'{c}(1)', f'{c}().m()', f'{c}() + 1', f'1 + {c}()', f'{c}().p', f'{c}() == {c}()', f'[*{c}()]', f'{c}()[0]', f'{c}.__mro__', f'{c}() < 1', f'len({c}())', f'{c}.x'])})")
        return "\n".join(self.lines) + "\n"


def run(command, programs, seconds, stress=0, trace=False):
    """By number: (output, last error line), or what became of the process."""
    answers = {}
    todo = list(programs)
    while todo:
        with tempfile.TemporaryDirectory() as folder:
            path, script = os.path.join(folder, "programs.json"), os.path.join(folder, "run.py")
            with open(path, "w", encoding="utf-8") as f:
                json.dump(todo, f)
            with open(script, "w", encoding="utf-8") as f:
                f.write(RUN)
            environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
            if stress:
                environment["TAIPAN_GC_STRESS"] = str(stress)
            with open(os.path.join(folder, "out"), "wb") as sink:
                try:
                    code = subprocess.run([*command, script, path] + ["t"] * trace, stdout=sink, stderr=subprocess.PIPE, timeout=seconds, env=environment)
                    end = f"exit {code.returncode} {code.stderr[-300:].decode('utf-8', 'replace')}"
                except subprocess.TimeoutExpired:
                    end = "hangs"
            with open(os.path.join(folder, "out"), "rb") as f:
                text = f.read().decode("utf-8", "replace")
        done = 0
        for part in text.split("\x01")[1:]:
            number, _, rest = part.partition("\n")
            output, mark, last = rest.partition("\n\x02")
            answers[int(number)] = (output, last.strip()) if mark else (output, end)
            done += 1
        if done == 0:
            answers[todo[0][0]] = ("", end)
            done = 1
        todo = todo[done:]
    return answers


def same(x, y):
    """Sets whose items hash by their address (None, classes, functions, nan) may stand in any order."""
    return x == y or "{" in x and sorted(x) == sorted(y)


def difference(theirs, ours):
    """What kind of difference it is; None for none."""
    if theirs == ours:
        return None
    a, b = theirs[0].split("\n") + [theirs[1]], ours[0].split("\n") + [ours[1]]
    if len(a) == len(b) and all(map(same, a, b)):
        return None
    for x, y in zip(a, b):
        if not same(x, y):
            return f"CPython: {x[:400]}\n         taipan:  {y[:400]}"
    return f"CPython prints {len(a)} lines, taipan {len(b)}"


def kind(theirs, ours):
    why = difference(theirs, ours)
    return why and re.sub(r"\d+|'[^']*'", "", why)[:160]


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--keep", default=os.path.join(HERE, "..", "Fuzz", "Run"))
    parser.add_argument("--stop", type=int, default=10, help="stop after this many kinds of differences")
    parser.add_argument("--stress", type=int, default=0)
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--print", type=int, help="print program N and stop")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--replay", nargs="*", help="run these files instead")
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    options = parser.parse_args()

    def make(i):
        return Program(random.Random(options.seed * 1000003 + i)).program()
    if options.print is not None:
        print(make(options.print))
        return 0

    def both(programs, seconds):
        theirs = run([sys.executable, "-S"], programs, seconds, trace=options.trace)
        return theirs, run([options.taipan], programs, seconds * (20 if options.stress else 1), options.stress, options.trace)
    if options.replay is not None:
        programs = []
        for i, path in enumerate(options.replay):
            with open(path, encoding="utf-8") as f:
                programs.append((i, f.read()))
        theirs, ours = both(programs, 60)
        different = [options.replay[i] for i, _ in programs if difference(theirs[i], ours[i])]
        for path in different:
            print("differs:", path)
        print(f"{len(programs)} kept programs, {len(different)} differ")
        return 1 if different else 0
    kinds = {}
    total = number = 0
    for first in range(options.first, options.first + options.count, options.batch):
        programs = [(i, make(i)) for i in range(first, min(first + options.batch, options.first + options.count))]
        theirs, ours = both(programs, 120)
        total += len(programs)
        for i, source in programs:
            why = kind(theirs[i], ours[i])
            if not why or theirs[i][1] == "hangs":
                continue
            number += 1
            if why in kinds:
                kinds[why] += 1
                continue
            kinds[why] = 1

            def compare(text):
                a, b = both([(0, text)], 20)
                return kind(a[0], b[0])
            small = source if options.no_shrink else shrink(source, compare)
            a, b = both([(0, small)], 20)
            os.makedirs(options.keep, exist_ok=True)
            path = os.path.join(options.keep, f"found-{options.seed}-{i}.py")
            with open(path, "w", encoding="utf-8") as f:
                f.write(small)
            print(f"--- {os.path.relpath(path)}: {difference(a[0], b[0]) or difference(theirs[i], ours[i])}\n{small if small.count(chr(10)) < 40 else ''}", flush=True)
        if len(kinds) >= options.stop:
            break
    print(f"{total} programs, {number} differ in {len(kinds)} ways")
    return 1 if number else 0


if __name__ == "__main__":
    sys.exit(main())
