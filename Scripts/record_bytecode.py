#!/usr/bin/env python3
"""Records the oracle's answers for Tests/PyCompilerTests: code objects of sample programs, refusals of bad ones.

    Scripts/record_bytecode.py

Writes Tests/Golden/bytecode: sample-N.py (made by Scripts/fuzz_compile.py's generator), sample-N-O.hex (the .pyc at each
optimisation level) and errors.txt (source, message and place of what the compiler refuses). Runs under the oracle.
"""
import importlib.util
import marshal
import os
import random
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402
import fuzz_compile  # noqa: E402

HELLO = "def hello(name):\n    return f'Hello, {name}!'\n"
REFUSED = [
    "return\n", "def f(a, a): pass\n", "def f():\n x\n global x\n", "def f():\n nonlocal y\n", "nonlocal y\n",
    "def f():\n x = 1\n def g():\n  nonlocal x; global x\n", "f(a=1, a=2)\n", "match x:\n case [a, a]: pass\n",
    "def f(): [(yield x) for y in z]\n", "class A:\n [b := 1 for a in z]\n", "def f():\n from x import *\n", "*a\n",
    "*a = 1\n", "await x\n", "def f(): await x\n", "async for x in y: pass\n", "async with x: pass\n",
    "async def f():\n yield 1\n return 2\n", "x = (yield)\n", "def f(): [x async for x in y]\n",
    "try: pass\nexcept: pass\nexcept X: pass\n", "a, *b, *c = x\n", "f(__debug__=1)\n", "x.__debug__ = 1\n", "del __debug__\n",
    "def f(__debug__): pass\n", "import __debug__\n", "match x:\n case a: pass\n case b: pass\n", "break\n", "continue\n",
    "match x:\n case _: pass\n case b: pass\n", "match x:\n case {'a': 1, 'a': 2}: pass\n", "match x:\n case A(x=1, x=2): pass\n",
    "match x:\n case [a] | [b]: pass\n", "match x:\n case [*a, *b]: pass\n", "from __future__ import braces\n",
    "from __future__ import nothing\n", "x = 1\nfrom __future__ import division\n", "def f():\n global x\n x: int = 1\n",
    "[i := 0 for i in x]\n", "[i for i in (j := x)]\n", "async def f():\n yield from x\n", "def f(a):\n global a\n",
    "from __future__ import annotations\ndef f(x: (yield)): pass\n",
    "".join(" " * i + "for i in x:\n" for i in range(21)) + " " * 21 + "pass\n",
]


def main():
    become_oracle()
    folder = os.path.join(HERE, "..", "Tests", "Golden", "bytecode")
    os.makedirs(folder, exist_ok=True)
    warnings.simplefilter("ignore")
    samples, seed = [HELLO], 0
    while len(samples) < 40:
        seed += 1
        source = fuzz_compile.Generator(random.Random(seed)).program()
        try:
            compile(source, "sample.py", "exec", dont_inherit=True)
        except SyntaxError:
            continue
        samples.append(source)
    for i, source in enumerate(samples):
        with open(os.path.join(folder, f"sample-{i}.py"), "w", encoding="utf-8") as f:
            f.write(source)
        for level in range(3):
            code = compile(source, "sample.py", "exec", dont_inherit=True, optimize=level)
            data = importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code)
            with open(os.path.join(folder, f"sample-{i}-{level}.hex"), "w") as f:
                f.write(data.hex() + "\n")
    with open(os.path.join(folder, "errors.txt"), "w", encoding="utf-8") as f:
        for source in REFUSED:
            try:
                compile(source, "sample.py", "exec", dont_inherit=True)
            except SyntaxError as e:
                places = [str(-1 if n is None else n) for n in (e.lineno, e.offset, e.end_lineno, e.end_offset)]
                f.write("\t".join([source.encode().hex(), e.msg, *places]) + "\n")
            else:
                sys.exit(f"CPython takes {source!r}")


if __name__ == "__main__":
    main()
