#!/usr/bin/env python3
"""Records what CPython 3.10 says about our own samples, for the tests of PySyntax where there is no CPython.

usage: Scripts/record_errors.py [FOLDER]

Runs under the oracle. Writes FOLDER (Tests/Golden/errors): errors.jsonl (refused sources with the exception's
attributes), unparse.jsonl (annotations and their text), sample.tokens and sample.ast (`python -m tokenize -e` and
`ast.dump(include_attributes=True, indent=1)` of sample.py).
"""
import ast
import io
import json
import os
import random
import sys
import tokenize

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import compare_errors
import compare_unparse
from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# One of each mistake that 3.10 has a message for, and the places where its reports are odd.
MISTAKES = [
    "def f() x: pass", "def f()", "class C x: pass", "class C", "for x in y z: pass", "for x in y", "with a as b c: pass", "with a",
    "with (a", "try x", "try: pass\nfinally x", "else", "if x: pass\nelse x", "while a b", "match x", "match x y",
    "match x:\n  case y z", "match x:\n  case y", "try: pass\nexcept:\npass", "try: pass\nexcept A, B: pass", "if x = 3: pass",
    "f(x) = 3 = 4", "(x.a = 3)", "print a", "print(a b)", "exec 'x'", "lambda x=1, y: 3", "def f(x=1, y): 3", "def f(*): 3",
    "lambda *: 3", "def f(*, **a): 3", "def f(a=): 3", "def f(**a, b): 3", "del f(), x", "del *x", "for f() in x: pass", "for 1: pass", "(*a)",
    "(**a)", "f(**a, *b)", "f(x for x in y, 1)", "f(1, x for x in y)", "f(a=1, b)", "f(**a, b)", "f(a=x for x in y)", "f(True=1)",
    "f(a.b=1)", "[a, b for a in c]", "[a, for a in c]", "[*a for a in c]", "{**a for a in c}", "{1:2, 3}", "{1:2, 3:}", "{1:*a}",
    "a, b: int", "[a]: int", "f(): int", "x + 1 += 3", "from a import b,", "try: pass", "try: pass\nx", "a if b", "(a if b)",
    "x = (yield) = 1", "yield = 1", "1 := 2", "(a.b := 2)", "  x", "if x:\n  y\n    z", "if x:\n    y\n  z", "@a\n", "def f():\n @a\n",
    "x = (1,\ny = 2", "x = 1)", "x = (1]", "x = (1\n]", "x = '''abc", "x = 'abc", "x = \\ y", "a $ b", "a ? b\nx = 'abc", "a b\nx = (",
    "x y (", "x = 1 +", "(" * 201, "\\", "x \\", "if x:\n\ty\n        z\n", "a <> b", "a 'b' c", "x = 5a", "x = 0777", "x = 1__0",
    "x = 0b12", "a = '\u00e9' b c", "x = \u2026", "x\u00a0= 1", "match x:\n  case a as b.c: pass", "match x:\n  case a as _: pass",
    "match x:\n  case A(b=1, c): pass", "match x:\n  case 1+2: pass", "match x:\n  case 1j+2j: pass", "match x:\ncase 1: pass",
    "match x:\n  case 1:\n  pass\n", "a[c c]", "a[x c]", "f'{a b}'", "x\nf'abc{a b}'", "f'''{\na b}'''", "f'{a!x}'", "f'{}'", "f'{a'", "f'}'",
    "f'{a\\n}'", "f'{#}'", "f'{a[}'", "f'{*a}'", "f'{lambda x:3}'", "f'{a $ b}'", "f'{a:{b c}}'", "'\\x'", "'\\N{foo}'", "b'\u00e9'",
    "'a' b'c'", "x = '''a\nb''' y z\n", "x = \\\n y z\n", "x = ('''a\nb''' y z)\n", "try:\n  pass\n# comment\n\n", "-" * 7000 + "a",
    "None = 1", "True: int", "with a as f(): pass", "import a.b as c.d", "global x.y", "a, b += 1", "(a, b) += 1", "f() += 1",
    "def f(a, (b, c)): pass", "class C(x for x in y): pass", "async x", "await = 1", "nonlocal", "raise x, y", "print\nprint x",
]
SAMPLE = '''# -*- coding: utf-8 -*-
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
    w = f"a{b!r:>{c}}{{d}}" 'e\\n' rf"\\{g=}"

try:
    with (a): raise B from None
except (C, D) as e:
    while (n := 1_0.5e-3j) and True or 1e400: break
finally:
    assert x, b'\\x00' b"'"
match x, 1:
    case [1, -2.0 + 3j, *_] | {"k": None, **r} if z: pass
    case A.B(c, d=(e | f) as g): print("\u00e9\u4e2d\\ud800", end='')
    case _: nonlocal_ = ...
'''


def main():
    become_oracle()
    if "--help" in sys.argv:
        print(__doc__)
        return
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "Tests/Golden/errors")
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(310)
    mutants = sorted(set(compare_errors.mutants()))
    sources = [(s, "exec") for s in MISTAKES + rng.sample(mutants, 900)]
    sources += [(s, "single") for s in ["", "x\ny\n", "x y", "if x: y", "if x:\n @a", "x;\ny", '"""a\nb""";x\n\ny\n']]
    sources += [(s, "eval") for s in ["", "x y", "x\ny", "x=", "("]]
    with open(os.path.join(folder, "errors.jsonl"), "w") as f:
        for source, mode in sources:
            want = compare_errors.outcome(source, mode, False)
            if want is not None:
                f.write(json.dumps({"source": source, "mode": mode, "want": want}) + "\n")
    with open(os.path.join(folder, "unparse.jsonl"), "w") as f:
        for source in compare_unparse.expressions(-1):
            want = compare_unparse.oracle(source)
            if want is not None:
                f.write(json.dumps(["(" + source + "\n)", want]) + "\n")
    data = SAMPLE.encode()
    with open(os.path.join(folder, "sample.py"), "wb") as f:
        f.write(data)
    with open(os.path.join(folder, "sample.tokens"), "w", encoding="utf-8") as f:
        for t in tokenize.tokenize(io.BytesIO(data).readline):
            where = "%d,%d-%d,%d:" % (t.start + t.end)
            f.write("%-20s%-15s%-15r\n" % (where, tokenize.tok_name[t.exact_type], t.string))
    with open(os.path.join(folder, "sample.ast"), "w", encoding="utf-8") as f:
        f.write(ast.dump(ast.parse(data), include_attributes=True, indent=1) + "\n")


if __name__ == "__main__":
    main()
