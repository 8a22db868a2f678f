#!/usr/bin/env python3
"""Walks builtins, every builtin type, sys and the native modules under CPython 3.10 and under taipan and compares what is there.

    Scripts/compare_builtins.py [--taipan PATH] [--show N] [--only PREFIX] [--record]

For every name: is it there, what kind it is (method, slot wrapper, getset, ...), its docstring, `__text_signature__`, `__name__`,
`__qualname__`, `__module__`; for every type also its bases and whether it may be subclassed. What differs and is known is a line
of Tests/Differences/builtins.txt (`path<TAB>what`); anything else fails, and so does a line that no longer differs.
--record writes that file anew. Runs under the oracle; exit 0 as recorded, 1 otherwise, 77 no oracle.
"""
import argparse
import ast
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

KNOWN = os.path.join(HERE, "..", "Tests", "Differences", "builtins.txt")

# Runs under both, with nothing imported but what it looks at.
WALK = r'''
import sys
out = []
def show(path, what, value):
    out.append(path + "\t" + what + "\t" + ascii(value))
def attempt(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__
MISSING = "missing"
def facts(path, obj, names):
    for name in names:
        value = attempt(getattr, obj, name, MISSING)
        if isinstance(value, (str, type(None), tuple)):
            show(path, name, value)
        else:
            show(path, name, type(value).__name__)
seen = {}
PLAIN = (int, str, bytes, float, tuple, list, dict, type(None), bool)
def kind(obj):
    return type(obj).__name__
def walk_type(path, t):
    if id(t) in seen:
        return
    seen[id(t)] = t
    facts(path, t, ("__doc__", "__text_signature__", "__name__", "__qualname__", "__module__"))
    show(path, "bases", [b.__name__ for b in t.__bases__])
    show(path, "subclassable", bool(t.__flags__ & (1 << 10)))
    for name in sorted(t.__dict__):
        if name in ("__doc__", "__module__", "__dict__", "__weakref__") and t.__name__ not in ("type", "function", "module"):
            continue
        value = t.__dict__[name]
        here = path + "." + name
        show(here, "kind", kind(value))
        if isinstance(value, type) or name in ("__name__", "__qualname__"):
            continue
        if isinstance(value, (staticmethod, classmethod)):
            value = value.__func__
        if not isinstance(value, PLAIN):
            facts(here, value, ("__doc__", "__text_signature__", "__name__", "__qualname__"))
def walk_module(path, m):
    show(path, "__doc__", m.__doc__)
    for name in sorted(m.__dict__):
        if name in ("__loader__", "__spec__", "__builtins__", "__file__", "__path__", "__cached__", "__name__", "__package__", "__doc__"):
            continue
        value = m.__dict__[name]
        here = path + "." + name
        if isinstance(value, type):
            show(here, "kind", "type")
            walk_type(here, value)
        elif isinstance(value, PLAIN) or not hasattr(type(value), "__call__"):
            show(here, "kind", kind(value))
        else:
            show(here, "kind", kind(value))
            facts(here, value, ("__doc__", "__text_signature__", "__name__", "__qualname__", "__module__"))
def gen(): yield
async def coro(): pass
async def agen(): yield
def closure():
    x = 1
    return (lambda: x).__closure__[0]
class C:
    __slots__ = ("s",)
    def m(self): pass
    @property
    def p(self): pass
try:
    1 / 0
except Exception as e:
    tb = e.__traceback__
c = coro(); c.close()
samples = [
    ("list_iterator", iter([])), ("list_reverseiterator", reversed([])), ("tuple_iterator", iter(())), ("str_iterator", iter("")),
    ("bytes_iterator", iter(b"")), ("bytearray_iterator", iter(bytearray())), ("range_iterator", iter(range(3))),
    ("longrange_iterator", iter(range(10**30))), ("dict_keyiterator", iter({})), ("dict_valueiterator", iter({}.values())),
    ("dict_itemiterator", iter({}.items())), ("dict_reversekeyiterator", reversed({})),
    ("dict_reversevalueiterator", reversed({}.values())), ("dict_reverseitemiterator", reversed({}.items())),
    ("dict_keys", {}.keys()), ("dict_values", {}.values()), ("dict_items", {}.items()), ("set_iterator", iter(set())),
    ("callable_iterator", iter(int, 1)), ("iterator", iter(type("S", (), {"__getitem__": lambda s, i: 0})())),
    ("memory_iterator", None), ("function", gen), ("generator", gen()), ("coroutine", c), ("coroutine_wrapper", coro().__await__()),
    ("async_generator", agen()), ("async_generator_asend", agen().__anext__()), ("async_generator_athrow", agen().aclose()),
    ("code", gen.__code__), ("frame", tb.tb_frame), ("traceback", tb), ("cell", closure()), ("method", C().m),
    ("builtin_function_or_method", len), ("method_descriptor", str.join), ("wrapper_descriptor", int.__add__),
    ("method_wrapper", (1).__add__), ("getset_descriptor", type.__dict__["__module__"]), ("member_descriptor", C.s),
    ("classmethod_descriptor", dict.__dict__["fromkeys"]), ("mappingproxy", C.__dict__), ("module", sys), ("NoneType", None),
    ("ellipsis", ...), ("NotImplementedType", NotImplemented), ("GenericAlias", list[int]), ("Union", int | str),
    ("flags", sys.flags), ("namespace", sys.implementation), ("enumerate", enumerate(())), ("map", map(int, ())),
    ("zip", zip()), ("filter", filter(None, ())), ("reversed", reversed(type("S", (), {"__len__": lambda s: 0, "__getitem__": 0})())),
]
import builtins
walk_module("builtins", builtins)
for name, value in samples:
    if value is not None or name == "NoneType":
        walk_type("types." + name, type(value))
walk_module("sys", sys)
for name in NAMES:
    try:
        m = __import__(name)
    except Exception as e:
        show(name, "import", "fails")
        continue
    show(name, "import", "works")
    walk_module(name, m)
print("\n".join(out))
'''

NAMES = """_abc _ast _asyncio _bisect _blake2 _bz2 _codecs _collections _contextvars _csv _datetime _decimal _elementtree _functools _hashlib
_heapq _imp _io _json _locale _lsprof _lzma _md5 _multibytecodec _multiprocessing _opcode _operator _pickle _posixshmem
_posixsubprocess _queue _random _sha1 _sha256 _sha3 _sha512 _signal _socket _sqlite3 _sre _ssl _stat _statistics _string _struct
_symtable _thread _tracemalloc _uuid _warnings _weakref _zoneinfo array atexit audioop binascii cmath errno faulthandler fcntl gc
grp itertools marshal math mmap posix pwd pyexpat readline resource select syslog termios time unicodedata zlib""".split()


def facts(command):
    source = "NAMES = %r\n" % NAMES + WALK
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as f:
        f.write(source)
    done = subprocess.run([*command, f.name], capture_output=True, text=True, timeout=300)
    os.unlink(f.name)
    if done.returncode:
        print(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
        sys.exit(1)
    return dict(line.rsplit("\t", 1) for line in done.stdout.splitlines())


def differences(theirs, ours):
    """`path\twhat` of everything that differs, with both values."""
    gone = {key.split("\t")[0] for key in theirs} - {key.split("\t")[0] for key in ours}
    absent = {path for path in gone if "." not in path or path.rsplit(".", 1)[0] not in gone}
    for path in sorted(absent):
        yield f"{path}\tmissing", None, None
    failed = {key.split("\t")[0] for key in ours if key.endswith("\timport") and ours[key] == "'fails'" and theirs.get(key) != "'fails'"}
    for key in sorted(set(theirs) | set(ours)):
        path = key.split("\t")[0]
        if path in gone or any(path.startswith(name + ".") or path == name and not key.endswith("\timport") for name in failed):
            continue
        if theirs.get(key) != ours.get(key):
            yield key if key in theirs else f"{key} (ours only)", theirs.get(key), ours.get(key)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    theirs, ours = facts([sys.executable, "-S"]), facts([options.taipan, *os.environ.get("TAIPAN_FLAGS", "-S").split()])
    found = {what: (a, b) for what, a, b in differences(theirs, ours) if what.startswith(options.only)}
    if options.record:
        with open(KNOWN, "w") as f:
            f.writelines(what + "\n" for what in found)
    known = set()
    if os.path.exists(KNOWN):
        known = {line.rstrip("\n") for line in open(KNOWN) if line.startswith(options.only)}
    new = [what for what in found if what not in known]
    for what in new[: options.show]:
        print(what, *(f"\n    {who} {value:.200}" for who, value in zip(("CPython", "taipan "), found[what]) if value))
    fixed = sorted(known - set(found))
    for what in fixed[: options.show]:
        print("differs no longer:", what)
    print(f"{len(theirs)} facts; {len(found)} differ, {len(new)} of them not listed; {len(fixed)} listed ones differ no longer")
    sys.exit(1 if new or fixed else 0)


if __name__ == "__main__":
    become_oracle()
    main()
