#!/usr/bin/env python3
"""Calls every method of every builtin type with random arguments under CPython 3.10 and under taipan and compares.

    Scripts/fuzz_methods.py [--count N] [--seed S] [--type NAME]... [--taipan PATH] [--show N]

For each call: the result's repr or the exception's type and text, and the receiver's repr afterwards. N calls a method
(default 40). Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

INTS = "0 1 -1 2 3 5 7 -3 10 16 36 37 255 256 -256 1000 2**31 -2**31-1 2**63 -2**63 2**64 10**20 -10**20 True False".split()
FLOATS = "0.0 -0.0 1.0 -1.5 2.5 0.1 1e16 1e22 1e-7 123456789.125 float('inf') float('-inf') float('nan') 5e-324 1.7976931348623157e308".split()
COMPLEX = "0j 1j 1+2j -0.0-1j complex('nan') complex(1e300,-1e300) complex('inf')".split()
STRS = ["''", "'a'", "'abc'", "'Hello World'", "' \\t x\\n'", "'ABCabc'", "'ß'", "'\\u0130'", "'ǆ ﬁ'", "'日本語'", "'\\U0001f600x'", "'\\ud800'",
        "'12'", "'-1_000'", "'0x1f'", "'²½'", "'%s %d'", "'{} {0!r:>5}'", "'{a[0].b}'", "'a,b,,c'", "'a\\nb\\r\\nc\\x0bd\\u2028e'", "'utf-8'", "'strict'",
        "'ascii'", "'latin-1'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'>10'", "'+08.3f'", "',d'", "'#x'", "'10.3'", "'e'", "'_b'", "'x' * 20",
        "'little'", "'big'", "'  '", "'Aa1_'", "'a\\0b'", "'\\x85\\xa0'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'Hello World'", "b' \\t x\\n'", "b'\\xff\\x00\\x80'", "b'a,b,,c'", "b'12'", "b'%d %s'", "b'a\\nb\\r\\nc\\x0b'", "b'deadBEEF'", "bytes(range(20))",
         "bytearray(b'')", "bytearray(b'xyz')", "bytearray(b'a,b')", "memoryview(b'abcd')", "memoryview(bytearray(b'abcdefgh'))[::2]", "memoryview(b'abcdefgh').cast('H')"]
LISTS = ["[]", "[1]", "[3, 1, 2]", "['a', 'b', 'a']", "[1, 'a', None]", "[[1], [2]]", "[0.5, 1, True]", "list(range(12))", "[(1, 2), ('k', 'v')]", "['ab', 'cd']"]
TUPLES = ["()", "(1,)", "(1, 2, 3)", "('a', 'b')", "(1, 'a', None, 2.5)", "((1, 2),)", "('a', 1)"]
DICTS = ["{}", "{1: 2}", "{'a': 1, 'b': 2}", "{'self': 1}", "{(1, 2): [3]}", "{97: 'x', 98: None, 99: 0x110000}", "dict.fromkeys('abc')"]
SETS = ["set()", "{1, 2, 3}", "{'a', 'b'}", "frozenset()", "frozenset({1, 2})", "frozenset('ab')", "{1, 'a', (2,)}", "{1.0, True}"]
SLICES = ["slice(None)", "slice(1, 3)", "slice(None, None, -1)", "slice(0, 10, 2)", "slice(-3, None)", "slice(1, 2, 0)", "slice('a')", "slice(2**70, -2**70, -1)"]
RANGES = ["range(0)", "range(5)", "range(1, 10, 3)", "range(10, 0, -3)", "range(2**70, 2**70+5)"]
OTHERS = ["None", "...", "NotImplemented", "int", "str", "type", "object()", "len", "str.join", "(lambda x: x)", "(lambda *a, **k: (a, k))", "iter([1, 2])", "(x for x in 'ab')",
          "Index(3)", "Index(-1)", "Index('q')", "Float(1.5)", "Bad()", "Sub((1, 2))", "SubStr('xy')", "SubInt(4)", "Iter()", "Mapping()", "KeysOnly()", "{1: 2}.keys()", "{'a': 1}.items()",
          "list[int]", "int | str", "property()", "ValueError('x')", "StopIteration(3)", "(lambda k: -k)", "abs", "ord", "enumerate('ab')", "zip('ab', [1, 2])", "map(str, [1, 2])", "reversed([1, 2])"]
POOL = [INTS, FLOATS, COMPLEX, STRS, BYTES, LISTS, TUPLES, DICTS, SETS, SLICES, RANGES, OTHERS]
KEYWORDS = "key reverse sep maxsplit encoding errors keepends default signed byteorder tabsize fill start stop x real imag object name delete base end".split()

RECEIVERS = {
    "int": INTS + ["SubInt(4)"], "float": FLOATS, "complex": COMPLEX, "str": STRS + ["SubStr('xy')"], "bytes": BYTES[:12], "bytearray": BYTES[12:15] + ["bytearray(b'abcabc')"],
    "memoryview": BYTES[15:] + ["memoryview(bytearray(b'abcd')).cast('B', [2, 2])"], "list": LISTS, "tuple": TUPLES + ["Sub((1, 2))"], "dict": DICTS, "set": SETS[:3] + ["{1, 'a'}"],
    "frozenset": SETS[3:6], "slice": SLICES, "range": RANGES, "bool": ["True", "False"], "NoneType": ["None"], "ellipsis": ["..."], "object": ["object()"],
    "dict_keys": ["{1: 2, 'a': 3}.keys()"], "dict_values": ["{1: 2, 'a': 3}.values()"], "dict_items": ["{1: 2, 'a': 3}.items()"],
    "list_iterator": ["iter([1, 2, 3])"], "dict_keyiterator": ["iter({1: 2, 3: 4})"], "range_iterator": ["iter(range(5))"], "tuple_iterator": ["iter((1, 2))"],
    "str_iterator": ["iter('abc')"], "set_iterator": ["iter({1})"], "enumerate": ["enumerate('abc', 5)"], "zip": ["zip('ab', 'cd')", "zip('a', '', strict=True)"], "map": ["map(ord, 'ab')"],
    "filter": ["filter(None, [0, 1])"], "reversed": ["reversed([1, 2])", "reversed('ab')"], "type": ["int", "str", "C", "type", "object"], "function": ["func", "(lambda: 0)"],
    "method": ["C().m"], "builtin_function_or_method": ["len", "[].append"], "generator": ["gen()"], "property": ["C.p", "property()"], "staticmethod": ["staticmethod(len)"],
    "classmethod": ["classmethod(len)"], "super": ["super(C, C())"], "mappingproxy": ["type('Q', (), {'a': 1}).__dict__", "MP"], "GenericAlias": ["list[int]", "dict[str, T]"],
    "UnionType": ["int | str"], "BaseException": ["ValueError('a', 1)", "KeyError('k')", "OSError(2, 'm', 'f')", "UnicodeDecodeError('utf-8', b'abc', 1, 2, 'r')", "SyntaxError('m', ('f', 1, 2, 't'))",
                                                  "StopIteration(1)", "SystemExit(3)", "ImportError('x', name='n')", "AttributeError('q')"],
    "code": ["func.__code__"], "cell": ["cell"], "module": ["mod"],
}
SKIP = {"__sizeof__", "__dir__", "__init_subclass__", "__subclasshook__", "__subclasses__", "__class__", "__del__", "__getnewargs_ex__", "__class_getitem__", "mro",
        "__prepare__", "__instancecheck__", "__subclasscheck__", "__reduce_ex__", "__reduce__", "__init__", "co_lines"}

RUN = r'''
class Index:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
    def __repr__(s): return "Index(%r)" % (s.v,)
class Float:
    def __init__(s, v): s.v = v
    def __float__(s): return s.v
    def __repr__(s): return "Float"
class Bad:
    def __eq__(s, o): raise KeyError("eq")
    def __hash__(s): raise KeyError("hash")
    def __index__(s): raise KeyError("index")
    def __iter__(s): raise KeyError("iter")
    def __bool__(s): raise KeyError("bool")
    def __repr__(s): return "Bad"
class Sub(tuple): pass
class SubStr(str): pass
class SubInt(int): pass
class Iter:
    def __iter__(s): return iter((1, 2))
    def __repr__(s): return "Iter"
class Mapping:
    def keys(s): return ["a"]
    def __getitem__(s, k):
        # Iterated as a sequence it must end: `{}.keys() | Mapping()` took all memory, under either interpreter.
        if isinstance(k, int) and k > 5: raise IndexError(k)
        return k
    def __repr__(s): return "Mapping"
class KeysOnly:
    def keys(s): return 5
    def __repr__(s): return "KeysOnly"
class C:
    "doc"
    def m(self, a=1): return a
    p = property(lambda s: 1)
def func(a, b=2, *c, d=4, **e):
    "doc"
    return a
def gen():
    x = yield 1
    yield x
def outer():
    y = 1
    return lambda: y
cell = outer().__closure__[0]
import sys
mod = type(sys)("mod", "doc")
MP = type(type.__dict__)({"a": 1, 2: "b"})
T = type("T", (), {})
def safe(v):
    try:
        return ascii(v)
    except BaseException as e:
        return "repr raises %s: %s" % (type(e).__name__, e)
out = []
for number, line in enumerate(CASES):
    receiver, name, arguments = line
    try:
        o = eval(receiver)
        a, k = eval("(lambda *a, **k: (a, k))(" + arguments + ")")
        try:
            r = getattr(o, name)(*a, **k)
            text = safe(r)
            if type(r).__name__.endswith("iterator") or type(r).__name__ in ("zip", "map", "filter", "generator"):
                text = type(r).__name__
        except Exception as e:
            text = type(e).__name__ + ": " + safe(str(e))
        text += "  self " + safe(o)
    except Exception as e:
        text = "setup " + type(e).__name__ + ": " + str(e)
    out.append(str(number) + "\t" + text)
    if len(out) > 500:
        print("\n".join(out), flush=True)
        out = []
print("\n".join(out))
'''


def cases(rng, count, only):
    for name, receivers in RECEIVERS.items():
        if only and name not in only:
            continue
        env = {}
        exec(RUN[: RUN.index("def safe")], env)
        kind = type(eval(receivers[0], env))
        methods = {m for r in receivers for m in dir(type(eval(r, env))) if callable(getattr(type(eval(r, env)), m, None))} - SKIP
        if name == "type":
            methods = {"mro", "__call__", "__or__", "__ror__", "__repr__", "__getattribute__"}
        if kind.__hash__ is object.__hash__ or name in ("method", "builtin_function_or_method"):
            methods.discard("__hash__")  # by address
        for method in sorted(methods):
            for _ in range(count):
                receiver = rng.choice(receivers)
                # 7 ** 2**31 and 1 << 2**31 end in no time anybody has, under either interpreter.
                if method in ("__rpow__", "__rlshift__"):
                    receiver = re.sub(r"-?2\*\*\d+(-1)?|-?10\*\*20", "9", receiver)
                arity = rng.choice([0, 1, 1, 1, 2, 2, 3, 4]) if count > 4 else rng.choice([0, 1, 2])
                arguments = []
                for _ in range(arity):
                    # Often what such a method wants.
                    group = rng.choice(POOL)
                    if rng.random() < 0.5:
                        group = {"str": STRS, "bytes": BYTES, "bytearray": BYTES, "list": LISTS, "int": INTS, "float": FLOATS, "dict": DICTS, "set": SETS,
                                 "frozenset": SETS}.get(name, group)
                    if rng.random() < 0.2:
                        group = INTS
                    value = rng.choice(group)
                    if method in ("__pow__", "__rpow__", "__lshift__", "__rlshift__", "__ilshift__", "__mul__", "__rmul__", "__imul__", "__mod__", "center", "ljust", "rjust", "zfill",
                                  "expandtabs", "to_bytes", "__round__", "__format__", "resize"):
                        value = re.sub(r"-?2\*\*\d+(-1)?|-?10\*\*20|2\*\*70(\+5)?", "9", value)
                    arguments.append(value)
                if rng.random() < 0.08:
                    arguments.append(f"{rng.choice(KEYWORDS)}={rng.choice(rng.choice(POOL))}")
                yield receiver, method, ", ".join(arguments)


def run(command, source):
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False, encoding="utf-8") as f:
        f.write(source)
    done = subprocess.run([*command, f.name], capture_output=True, text=True, timeout=900, env={**os.environ, "PYTHONHASHSEED": "0"})
    os.unlink(f.name)
    return dict(line.split("\t", 1) for line in done.stdout.splitlines() if "\t" in line), done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--type", action="append")
    parser.add_argument("--show", type=int, default=60)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    options = parser.parse_args()
    todo = list(cases(random.Random(options.seed), options.count, options.type))
    source = f"CASES = {todo!r}\n" + RUN
    source = source.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    theirs, _ = run([sys.executable, "-S"], source)
    ours, done = run([options.taipan], source)
    if done.returncode:
        print(f"taipan: exit {done.returncode} after {len(ours)} of {len(todo)}: {done.stderr[-1500:]}")

    def plain(text):
        return re.sub(r'0x[0-9a-f]{6,}|"/[^"]*\.py"', "0x", text or "")
    different = [n for n in range(len(todo)) if plain(theirs.get(str(n))) != plain(ours.get(str(n)))]
    groups = {}
    for n in different:
        groups.setdefault((todo[n][1], re.sub(r"'.*|\d+", "", plain(theirs.get(str(n))))[:50]), []).append(n)
    for group in list(groups.values())[: options.show]:
        n = min(group, key=lambda n: len(str(todo[n])))
        print(f"{len(group)}x  ({todo[n][0]}).{todo[n][1]}({todo[n][2]})\n    CPython {plain(theirs.get(str(n))):.300}\n    taipan  {plain(ours.get(str(n))):.300}")
    print(f"{len(todo)} calls, {len(different)} differ in {len(groups)} ways")
    sys.exit(1 if different or done.returncode else 0)


if __name__ == "__main__":
    become_oracle()
    main()
