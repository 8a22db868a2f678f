#!/usr/bin/env python3
"""Runs programs that use up all memory under an address space limit: a MemoryError, another exception or a result will do;
so will an end with one line `Fatal Python error: ... out of memory`. A signal or a hang will not.

    Scripts/exhaust_memory.py [--limit MB ...] [--stress N] [--only TEXT] [--jobs N] [--timeout S] [--python PATH] [--quick] [--verbose]

--limit: megabytes of address space, default 300, 1000 and 2000. --stress N: with a collection at every Nth allocation
(TAIPAN_GC_STRESS; programs that run out of time do not count then). --python: default the release build. --quick: the programs
marked quick, at the least limit. Prints what failed and a count of how the programs ended.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# name -> program. A name that begins with + is quick.
PROGRAMS = {
    "+lists of lists": "[[] for i in range(10**9)]",
    "+list of strings": "[str(i) * 10 for i in range(10**9)]",
    "+append": "l = []\nwhile 1: l.append([])",
    "append floats": "l = []\nx = 0.5\nwhile 1: l.append(x); x += 1",
    "+append itself": "l = []\nwhile 1: l = [l, l]",
    "+chain of tuples": "t = ()\nwhile 1: t = (t,)",
    "chain of dicts": "d = {}\nwhile 1: d = {1: d}",
    "chain of instances": "class A: pass\na = None\nwhile 1:\n b = A(); b.next = a; a = b",
    "wide and deep": "l = [[]]\nwhile 1: l = [[x] for x in l] + [[] for x in l]",
    "+grow str by doubling": "s = 'x'\nwhile 1: s += s",
    "grow str by pieces": "s = ''\np = 'x' * 1000\nwhile 1: s += p",
    "grow wide str": "s = '\\U0001f600'\nwhile 1: s = s + s[:len(s)]",
    "grow bytes": "s = b'x'\nwhile 1: s += s",
    "+grow bytearray": "s = bytearray(b'x')\nwhile 1: s += s",
    "bytearray by ones": "s = bytearray()\nwhile 1: s.append(1)",
    "bytearray extend": "s = bytearray()\nwhile 1: s.extend(range(256))",
    "bytearray insert": "s = bytearray(10**7)\nwhile 1: s[5:5] = s",
    "+list extend": "l = [1]\nwhile 1: l.extend(l)",
    "+list multiply": "l = [1]\nwhile 1: l *= 3",
    "list slices": "l = list(range(10**6))\nwhile 1: l[3:3] = l",
    "list(range)": "list(range(10**10))",
    "list of generator": "list(i * 1.5 for i in range(10**10))",
    "+list of zip": "list(zip(range(10**10), range(10**10)))",
    "list of map": "list(map(str, range(10**10)))",
    "list of enumerate": "list(enumerate(range(10**10)))",
    "+tuple of repeat": "import itertools\ntuple(itertools.repeat([]))",
    "list of count": "import itertools\nlist(itertools.count(0.5))",
    "product": "import itertools\nlist(itertools.product(range(100), repeat=9))",
    "permutations": "import itertools\nlist(itertools.permutations(range(20)))",
    "tee": "import itertools\na, b = itertools.tee(itertools.count())\nfor x in a: pass",
    "accumulate": "import itertools\nlist(itertools.accumulate(itertools.repeat('abc')))",
    "cycle": "import itertools\nfor x in itertools.cycle(map(str, itertools.count())): pass",
    "groupby": "import itertools\n[list(g) for k, g in itertools.groupby(itertools.count(), lambda x: x >> 62)]",
    "+dict of ints": "d = {}\ni = 0\nwhile 1: d[i] = i; i += 1",
    "dict of strings": "d = {}\ni = 0\nwhile 1: d[str(i)] = [i]; i += 1",
    "+dict comprehension": "{i: (i,) for i in range(10**10)}",
    "dict.fromkeys": "dict.fromkeys(range(10**10))",
    "dict update": "d = {}\nwhile 1: d.update(zip(range(len(d), 2 * len(d) + 9), range(10**9)))",
    "dict copies": "d = dict.fromkeys(range(1000))\nl = []\nwhile 1: l.append(dict(d))",
    "defaultdict": "import collections\nd = collections.defaultdict(list)\ni = 0\nwhile 1: d[i].append(i); i += 1",
    "Counter": "import collections\ncollections.Counter(range(10**10))",
    "OrderedDict": "import collections\nd = collections.OrderedDict()\ni = 0\nwhile 1: d[i] = i; i += 1",
    "deque": "import collections\nd = collections.deque()\nwhile 1: d.append([])",
    "deque extend": "import collections, itertools\ncollections.deque(itertools.count())",
    "+set of ints": "s = set()\ni = 0\nwhile 1: s.add(i); i += 1",
    "set of tuples": "{(i,) for i in range(10**10)}",
    "frozensets": "s = frozenset()\nwhile 1: s = frozenset([s, 1])",
    "set union": "s = set(range(100))\nwhile 1: s = s | {x + len(s) for x in s}",
    "+join": "''.join(['x' * 10**6] * 10**5)",
    "join of a generator": "','.join(str(i) for i in range(10**10))",
    "bytes join": "b','.join([b'x' * 10**6] * 10**5)",
    "split": "('x ' * 10**8).split()",
    "splitlines": "('x\\n' * 10**8).splitlines()",
    "+replace": "('x' * 10**7).replace('x', 'y' * 1000)",
    "translate": "('x' * 10**7).translate({120: 'y' * 1000})",
    "upper": "('\\xdf' * 10**8).upper().upper()",
    "casefold": "('\\ufb03' * (10**8)).casefold()",
    "+encode": "('\\u1234' * (8 * 10**7)).encode()",
    "encode utf-32": "('x' * 10**8).encode('utf-32')",
    "encode with xmlcharrefreplace": "('\\u1234' * 10**8).encode('ascii', 'xmlcharrefreplace')",
    "encode with backslashreplace": "('\\U00012345' * (5 * 10**7)).encode('ascii', 'backslashreplace')",
    "+decode": "(b'\\xf0\\x9f\\x98\\x80' * (4 * 10**7)).decode()",
    "decode replace": "(b'\\xff' * 10**8).decode('utf-8', 'replace')",
    "decode latin-1": "(b'\\xff' * (2 * 10**8)).decode('latin-1')",
    "decode escapes": "(b'\\\\u1234' * (3 * 10**7)).decode('unicode_escape')",
    "decode gb18030": "('\\u4e00' * (5 * 10**7)).encode('gb18030').decode('gb18030')",
    "hex": "(b'x' * (2 * 10**8)).hex()",
    "fromhex": "bytes.fromhex('ab' * 10**8)",
    "base64": "import base64\nbase64.b64encode(b'x' * (2 * 10**8))",
    "binascii": "import binascii\nbinascii.hexlify(b'x' * (2 * 10**8))",
    "+repr of a str": "repr('\\x00' * 10**8)",
    "repr of bytes": "repr(b'\\x00' * 10**8)",
    "ascii": "ascii('\\U0001f600' * (3 * 10**7))",
    "+repr of a list": "repr([['x' * 1000] * 1000] * 1000)",
    "repr of a dict": "repr(dict.fromkeys(range(1000), 'x' * 10**6))",
    "format": "'{:>1000000000}'.format(1)",
    "format many": "('{0}' * 10**5).format('x' * 10**5)",
    "percent": "'%s' * 1000 % (('x' * 10**6,) * 1000)",
    "f-string": "s = 'x'\nwhile 1: s = f'{s}{s}'",
    "expandtabs": "('\\t' * 10**7).expandtabs(1000)",
    "zfill": "'1'.zfill(10**9)",
    "json.dumps": "import json\njson.dumps([['x' * 1000] * 1000] * 1000)",
    "json.dumps indent": "import json\njson.dumps([[[1] * 1000] * 1000] * 1000, indent=4)",
    "json.loads": "import json\njson.loads('[' + '[1.5],' * (2 * 10**7) + '1]')",
    "json.loads of a str": "import json\njson.loads('\"' + '\\\\u1234' * (2 * 10**7) + '\"')",
    "pickle": "import pickle\npickle.dumps([bytes(10**6) for i in range(40)] * 1 + [[i] for i in range(10**6)])",
    "marshal": "import marshal\nmarshal.dumps(['x' * 10**7] * 100)",
    "marshal.loads": "import marshal\nd = marshal.dumps([(i, str(i)) for i in range(10**6)])\nl = []\nwhile 1: l.append(marshal.loads(d))",
    "+huge int": "x = 3\nwhile 1: x = x << x.bit_length() | x",
    "huge shift": "1 << (8 * 10**10)",
    "huge power": "3 ** (10 ** 10)",
    "shift loop": "x = 1\nl = []\nwhile 1: x <<= 10**7; l.append(x)",
    "factorial": "import math\nmath.factorial(10**7) if 0 else [1 << i * 10**5 for i in range(10**6)]",
    "int to str": "l = []\nx = 1 << 100000\nwhile 1: l.append(str(x))",
    "int from bytes": "l = []\nwhile 1: l.append(int.from_bytes(b'\\xff' * 10**7, 'big'))",
    "re.findall": "import re\nre.findall('.', 'x' * 10**8, re.S) + re.findall('(.)(.)', 'ab' * 10**8)",
    "re groups": "import re\nre.match('(?:(a)|b)*', 'ab' * (2 * 10**8))",
    "re lazy": "import re\nre.match('(?:a|b|(c))*?$', 'abc' * 10**8)",
    "re.sub": "import re\nre.sub('x', 'y' * 1000, 'x' * 10**7)",
    "re.split": "import re\nre.split('(,)', 'x,' * 10**8)",
    "re.compile": "import re\nre.compile('|'.join('(a%db)' % i for i in range(10**6)))",
    "sort": "l = [float(i * 7919 % 1000003) for i in range(10**7)]\nl.sort()\nsorted(l + l + l)",
    "sort with key": "sorted(range(10**8), key=lambda x: -x)",
    "sorted of a generator": "sorted(str(i) for i in range(10**10))",
    "heapq": "import heapq\nh = []\nwhile 1: heapq.heappush(h, str(len(h)))",
    "heapq.nlargest": "import heapq\nheapq.nlargest(10**9, map(str, range(10**9)))",
    "exceptions": "l = []\ndef f(n):\n if n: f(n - 1)\n else: raise ValueError('x' * 1000)\nwhile 1:\n try: f(900)\n except ValueError as e: l.append(e)",
    "chained exceptions": "e = None\nwhile 1:\n x = ValueError('x' * 1000); x.__context__ = e; e = x",
    "exception in __del__": "l = []\nclass A:\n def __del__(self): l.append(bytearray(10**6)); raise ValueError\nfor i in range(600): A()",
    "+catch and go on": "n = 0\nfor k in range(5):\n try:\n  l = []\n  while 1: l.append([k])\n except MemoryError: l = None; n += 1\nprint(n)",
    "catch and go on with text": "n = 0\nfor k in range(5):\n try:\n  s = 'x'\n  while 1: s += s\n except MemoryError: s = None; n += 1\nprint(n)",
    "catch inside": "l = []\nfor k in range(30000):\n try: l.append(bytearray(10**5))\n except MemoryError: pass\nprint('done')",
    "hold and go on": "l = []\nn = 0\nwhile n < 50:\n try:\n  while 1: l.append([1])\n except MemoryError: n += 1\nprint(n)",
    "finally": "l = []\ndef f():\n try:\n  while 1: l.append({})\n finally:\n  l.append('x' * 100)\nf()",
    "generators": "def g():\n try: yield 1\n finally: pass\nl = []\nwhile 1:\n x = g(); next(x); l.append(x)",
    "generator chain": "def g(x):\n yield from x\nx = iter([1])\nwhile 1: x = g(x)",
    "coroutines": "async def c(): pass\nimport warnings; warnings.simplefilter('ignore')\nl = []\nwhile 1: l.append(c())",
    "closures": "f = None\ndef make(g): return lambda: g\nwhile 1: f = make(f)",
    "classes": "l = []\nwhile 1: l.append(type('A', (), {'x': 1}))",
    "class chain": "A = object\nn = 0\nwhile n < 3000:\n A = type('A', (A,), {}); n += 1",
    "instances with __del__": "class A:\n def __del__(self): pass\nl = []\nwhile 1: l.append(A())",
    "instances with weakrefs": "import weakref\nclass A: pass\nl = []\nwhile 1:\n a = A(); l.append((a, weakref.ref(a)))",
    "WeakValueDictionary": "import weakref\nclass A: pass\nd = weakref.WeakValueDictionary()\nl = []\nwhile 1:\n a = A(); l.append(a); d[len(l)] = a",
    "slots": "class A:\n __slots__ = 'a', 'b', 'c'\nl = []\nwhile 1:\n a = A(); a.a = [1]; l.append(a)",
    "attributes": "class A: pass\na = A()\ni = 0\nwhile 1: setattr(a, 'x%d' % i, i); i += 1",
    "globals": "i = 0\nwhile 1: globals()['x%d' % i] = i; i += 1",
    "interned": "import sys\nl = []\ni = 0\nwhile 1: l.append(sys.intern('name%d' % i)); i += 1",
    "+recursion that allocates": "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return f([n, [0] * 1000])\nf(0)",
    "recursion": "import sys\nsys.setrecursionlimit(10**8)\ndef f(n): return f(n + 1) + 1\nf(0)",
    "recursive generators": "import sys\nsys.setrecursionlimit(10**6)\ndef g(n):\n yield [0] * 1000\n yield from g(n + 1)\nlist(g(0))",
    "+threads": "import threading\ndef work():\n l = []\n try:\n  while 1: l.append([])\n except MemoryError: pass\nts = [threading.Thread(target=work) for i in range(4)]\n[t.start() for t in ts]\n[t.join() for t in ts]\nprint('joined')",
    "many threads": "import threading\ne = threading.Event()\nts = []\ntry:\n while len(ts) < 5000:\n  t = threading.Thread(target=e.wait, daemon=True); t.start(); ts.append(t)\nexcept (RuntimeError, MemoryError) as x: print(type(x))\ne.set()",
    "threads and text": "import threading\ndef work():\n s = 'ab'\n while 1: s = s + s\nts = [threading.Thread(target=work) for i in range(4)]\n[t.start() for t in ts]\n[t.join() for t in ts]",
    "StringIO": "import io\nf = io.StringIO()\nwhile 1: f.write('x' * 10**5)",
    "StringIO wide": "import io\nf = io.StringIO()\nwhile 1: f.write('\\U0001f600' * 10**5)\n",
    "BytesIO": "import io\nf = io.BytesIO()\nwhile 1: f.write(b'x' * 10**5)",
    "BytesIO seek": "import io\nf = io.BytesIO()\nf.seek(10**10)\nf.write(b'x')",
    "read /dev/zero": "open('/dev/zero', 'rb').read()",
    "read text": "open('/dev/zero', encoding='latin-1').read()",
    "read buffered": "open('/dev/zero', 'rb').read(10**10)",
    "readline": "open('/dev/zero').readline()",
    "write buffered": "f = open('/dev/null', 'wb', buffering=10**9)\nwhile 1: f.write(b'x' * 10**7)",
    "array": "import array\na = array.array('d', [1])\nwhile 1: a.extend(a)",
    "array append": "import array\na = array.array('q')\nwhile 1: a.append(1)",
    "struct": "import struct\nl = []\nwhile 1: l.append(struct.unpack('1000d', bytes(8000)))",
    "struct.pack": "import struct\nstruct.pack('%ds' % 10**10, b'')" ,
    "memoryview": "m = memoryview(bytes(2 * 10**8))\nl = m.tolist()",
    "zlib": "import zlib\nd = zlib.compress(bytes(10**8))\nl = []\nwhile 1: l.append(zlib.decompress(d))",
    "bz2": "import bz2\nc = bz2.compress(bytes(10**7))\nl = []\nwhile 1: l.append(bz2.decompress(c * 20))",
    "lzma": "import lzma\nc = lzma.compress(bytes(10**8), preset=0)\nl = []\nwhile 1: l.append(lzma.decompress(c))",
    "compile": "compile('x = [' + '1.5,' * (3 * 10**7) + ']', '', 'exec')",
    "compile many": "l = []\nwhile 1: l.append(compile('def f(x):\\n return [x, x + 1]\\n' * 100, '', 'exec'))",
    "compile deep": "compile('a = ' + '+'.join(['b'] * 5 * 10**5), '', 'exec')",
    "ast": "import ast\nast.parse('x = [' + 'a,' * 10**7 + ']')",
    "tokenize": "import tokenize, io\nlist(tokenize.generate_tokens(io.StringIO('a b c\\n' * 10**7).readline))",
    "eval of a long str": "eval('\"' + 'x' * (2 * 10**8) + '\"')",
    "lambda": "l = []\nwhile 1: l.append(lambda x=[]: x)",
    "functools.lru_cache": "import functools\n@functools.lru_cache(None)\ndef f(x): return [x]\ni = 0\nwhile 1: f(i); i += 1",
    "partial": "import functools\nl = []\nwhile 1: l.append(functools.partial(print, [len(l)]))",
    "datetime": "import datetime\nd = datetime.datetime(2000, 1, 1)\nl = []\nwhile 1: l.append(d + datetime.timedelta(len(l) % 1000))",
    "decimal": "import decimal\ndecimal.getcontext().prec = 10**6\nx = decimal.Decimal(3)\nl = []\nwhile 1: l.append(decimal.Decimal(str(len(l))) * 7)",
    "random": "import random\nl = []\nwhile 1: l.append(random.random())",
    "random bytes": "import os\nl = []\nwhile 1: l.append(os.urandom(10**6))",
    "getrandbits": "import random\nl = []\nwhile 1: l.append(random.getrandbits(10**8))",
    "hash": "import hashlib\nl = []\nwhile 1: l.append(hashlib.sha256(str(len(l)).encode()))",
    "csv": "import csv, io\nl = list(csv.reader(io.StringIO('a,b,c\\n' * 10**7)))\nl += [list(r) for r in l * 100]",
    "csv field": "import csv\ncsv.field_size_limit(2**40)\nlist(csv.reader(['\"'] + ['x' * 10**6] * 10**4))",
    "print": "import sys\nsys.stdout = open('/dev/null', 'w')\nprint(*['x' * 10**6] * 10**4, sep='y' * 10**6)\nprint('x' * (2 * 10**8))",
    "traceback": "import traceback\ndef f(n):\n if n: f(n - 1)\n else: 1 / 0\nl = []\nwhile 1:\n try: f(50)\n except ZeroDivisionError: l.append(traceback.format_exc() * 100)",
    "settrace": "import sys\nl = []\ndef t(f, e, a): l.append((e, [f.f_lineno])); return t\nsys.settrace(t)\nx = 0\ndef f():\n y = 0\n while 1: y += 1\nf()",
    "signal handler": "import signal\nl = []\ndef h(*a):\n while 1: l.append([])\nsignal.signal(signal.SIGALRM, h)\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\nwhile 1: pass",
    "mmap": "import mmap\nl = []\nwhile 1: l.append(mmap.mmap(-1, 10**7))",
    "gc.get_objects": "import gc\nl = [[] for i in range(10**6)]\nk = []\nwhile 1: k.append(gc.get_objects())",
    "gc.disable": "import gc\ngc.disable()\nl = []\nwhile 1: l.append([])",
    "garbage with gc.disable": "import gc\ngc.disable()\nfor i in range(10**7): [i, [i]]\nprint('done')",
    "cycles with gc.disable": "import gc\ngc.disable()\nfor i in range(10**7):\n l = []; l.append(l)\nprint('done')",
    "finalizers that make more": "class A:\n def __del__(self):\n  if len(l) % 3: A()\n  l.append([0] * 1000)\nl = []\nfor i in range(10**5): A()",
    "copy.deepcopy": "import copy\nl = [[i] for i in range(10**5)]\nk = []\nwhile 1: k.append(copy.deepcopy(l))",
    "unicodedata": "import unicodedata\nunicodedata.normalize('NFD', '\\uac00' * 10**8)",
    "operator.concat": "l = [0]\nimport operator\nwhile 1: l = operator.concat(l, l)",
    "sum of lists": "sum(([i] * 10**5 for i in range(10**5)), [])",
    "star call": "def f(*a): return a\nf(*range(10**9))",
    "star display": "x = [1]\nwhile 1: x = [*x, *x]",
    "keywords": "def f(**k): return k\nf(**{'x%d' % i: i for i in range(10**8)})",
    "string slices": "s = 'x' * 1000\nl = []\nwhile 1: l.append(s[len(l) % 10:])",
    "contextvars": "import contextvars\nl = []\nwhile 1:\n c = contextvars.copy_context(); v = contextvars.ContextVar('v'); c.run(v.set, [1]); l.append(c)",
    "asyncio": "import asyncio\nasync def sleeper(): await asyncio.sleep(1000)\nasync def main():\n l = []\n while 1: l.append((asyncio.ensure_future(sleeper()), bytearray(10**5)))\nasyncio.run(main())",
    "bisect.insort": "import bisect\nl = []\nwhile 1: bisect.insort(l, -len(l)) if len(l) < 1000 else l.append([])",
    "str.join in __str__": "class A:\n def __str__(self): return 'x' * 10**6\nl = []\nwhile 1: l.append(str(A()))",
    "complex numbers": "[complex(i, i) for i in range(10**10)]",
    "import hook": "import sys\nl = []\nclass F:\n def find_spec(self, *a):\n  while 1: l.append([])\nsys.meta_path.insert(0, F())\nimport nothing",
    "unraisable": "import sys\nl = []\nsys.unraisablehook = lambda u: l.append([u] * 1000)\nclass A:\n def __del__(self): raise ValueError\nfor i in range(50000): A()",
}


def run(python, name, program, limit, stress, timeout):
    def restrict():
        resource.setrlimit(resource.RLIMIT_AS, (limit << 20, limit << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    env = {k: v for k, v in os.environ.items() if k != "TAIPAN_GC_STRESS"}
    if stress:
        env["TAIPAN_GC_STRESS"] = str(stress)
    try:
        p = subprocess.run([python, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, env=env, preexec_fn=restrict)
    except subprocess.TimeoutExpired:
        return name, limit, "slow" if stress else "HANG", ""
    last = p.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if p.returncode < 0:
        return name, limit, "SIGNAL %d" % -p.returncode, last
    if "Fatal Python error" in last:
        return name, limit, "fatal line", last
    if p.returncode:
        return name, limit, last.partition(":")[0].partition(" ")[0] or "exit %d" % p.returncode, last
    return name, limit, "result", p.stdout.decode("utf-8", "replace").strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, nargs="+", default=[300, 1000, 2000])
    parser.add_argument("--stress", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=100)
    parser.add_argument("--python", default=str(ROOT / ".build/release/taipan"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    limits = options.limit[:1] if options.quick else options.limit
    names = [n for n in PROGRAMS if options.only in n and (n[0] == "+" or not options.quick)]
    ends = collections.Counter()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        tasks = [pool.submit(run, options.python, n, PROGRAMS[n], limit, options.stress, options.timeout) for limit in limits for n in names]
        for task in tasks:
            name, limit, end, text = task.result()
            ends[end] += 1
            bad = end == "HANG" or end.startswith("SIGNAL")
            failed += bad
            if bad or options.verbose:
                print("%5d MB  %-32s %-12s %s" % (limit, name.lstrip("+"), end, text[:100]), flush=True)
    print("%d programs at %s MB: %d end by a signal or not at all" % (len(names), "/".join(map(str, limits)), failed))
    print(", ".join("%s %d" % pair for pair in ends.most_common()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
