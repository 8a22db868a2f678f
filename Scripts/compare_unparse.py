#!/usr/bin/env python3
"""Compares our text of annotations with CPython 3.10's (`from __future__ import annotations`).

usage: Scripts/compare_unparse.py [--limit N] [--dissect PATH]

Runs under the oracle, `dissect` built in release. The expressions are all those in Lib/ (without yield, await and
`:=`, which annotations may not contain) and a list of awkward ones. Exit code 1 if any differs.
"""
import argparse
import ast
import glob
import json
import os
import subprocess
import sys
import tempfile
import warnings

from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIB = os.path.dirname(os.__file__)
AWKWARD = r"""
lambda: 0|lambda a: 0|lambda *a: 0|lambda **a: 0|lambda a, /: 0|lambda a, /, b: 0|lambda a=1, /, b=2, *c, d, e=3, **f: 0|lambda *, a: 0
lambda a, b=1, *c: (yield_, 1)|(lambda: 0)()|(lambda: 0).a|[lambda: 0]|lambda: lambda: 0|x if (lambda: 0) else y|(x if y else z) if a else b
x if y else (lambda: 0)|(x if y else z)(1)|(1).real|1 .real|1.0.real|(1+2j).real|1j|1e400|-1e400|1e400j|1e400+1e400j|(-1)**2|-1**2|(-1)**-2
2**-1|2**3**4|(2**3)**4|a+(b+c)|(a+b)+c|a-(b-c)|a*(b+c)|-(-a)|+-~a|not (not a)|not a == b|(not a) == b|a and (b or c)|(a and b) or c|a or (b and c)
(a or b) or c|a or (b or c)|a and (b and c)|a < (b < c)|(a < b) < c|a < b < c|a is not b not in c|(a, b)|(a,)|()|[(a, b)]|a[b, c]|a[b,]|a[(b, c):d]|a[()]
a[b:c]|a[b:c:d]|a[:]|a[::]|a[::b]|a[b:, c]|a[*b]|a[*b, c]|a[(*b, c)]|f(*a)|f(**a)|f(a, *b, c=d, **e)|f(a for b in c)|f((a for b in c), d)|f(*(a for b in c))
f(a=(b for c in d))|{}|{a: b}|{**a}|{a: b, **c}|{a}|{*a, b}|{a for b in c}|{a: b for c in d}|[a for b in c if d if e for f in g]|[a for a, b in c]|[a for a, in c]
[a for b in (c, d)]|[a for b in (lambda: 0)]|[a for b in (c if d else e)]|[a for b in c if (d if e else f)]|(a for b in c)|'a'|"a'b"|'a"b'|'''a'"b'''|u'a'|b'a'|b"'"
'\n\t\\\x00\x7f\xe9\u2028\U0001f600'|f'{a}'|f'{a!r}'|f'{a!s:>{b}}'|f'{a:{b}{c}}'|f'{a=}'|f'a{b}c'|f'{{{a}}}'|f'{ {1: 2} }'|f'{ {a for a in b} }'|f"{x['a']}"
f'{x["a"]!a}'|f'{(lambda: 0)}'|f'{a if b else c}'|f'{a, b}'|f'{f"{a}"}'|f'{f"{a}" "b"}'|f'''{a
}'''|f'{"{"}'|f'{a:{{}}}'|f'\n{a}'|f''|f'a' 'b'|'a' f'{b}' 'c'|f'{a:%Y-%m}'|f'{3.4:10}'|f'{a!r:{b!s:c}}'|rf'\{a}'|...|None|True|a.b.c|a.b(c)[d]
a if b else c if d else e|(a if b else c) + d|a + (b if c else d)|a @ b|a // b % c|a << b >> c|a << (b >> c)|a | b ^ c & d|(a | b) & c|~(a + b)|(~a) ** b|~a ** b
-a ** -b|(a ** b)()|(a + b)[c]|(a + b).c|[a][0]|{a}.b|(a, b)[0]|'a'.b|'a' % b|1 .__add__(2)|10000000000000000000000000000 .a|True.a|0xff|1_000|1e16|1e-7|123456789012345678
*a, b|a[lambda: 0]|a[b if c else d]|a[not b]|lambda a=(b, c): 0|lambda a=lambda: 0: 0|lambda *a, b=1, c: 0|f(lambda: 0)|(a, *b)|[*a]|[*a, *b]|f(*a or b)|{**a or b}
[*(a or b)]|[*(a < b)]|{**(a | b)}|f(**(a or b))|f(*(lambda: 0))
"""


def oracle(source):
    text = "from __future__ import annotations\ndef f(a: (" + source + "\n)): pass\n"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(text, "<string>", "exec")
    except SyntaxError:
        return None
    for constant in code.co_consts:
        if isinstance(constant, tuple) and len(constant) == 2 and constant[0] == "a":
            return constant[1]
    return None


def expressions(limit):
    seen = set()
    for source in AWKWARD.replace("\n", "|").replace("f'''{a|}'''", "f'''{a\n}'''").split("|"):
        if source and source not in seen:
            seen.add(source)
            yield source
    if limit is not None and limit < 0:
        return
    for number, path in enumerate(sorted(glob.glob(LIB + "/**/*.py", recursive=True))):
        if limit is not None and number >= limit:
            return
        data = open(path, "rb").read()
        try:
            tree = ast.parse(data)
            text = data.decode()
        except (SyntaxError, ValueError):
            continue
        lines = ast._splitlines_no_ff(text)
        for node in ast.walk(tree):
            if not isinstance(node, ast.expr) or isinstance(node, (ast.Name, ast.Starred, ast.Slice)):
                continue
            if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
                continue
            first, last = node.lineno - 1, node.end_lineno - 1
            if last - first > 20:
                continue
            raw = [line.encode() for line in lines[first:last + 1]]
            raw[-1] = raw[-1][:node.end_col_offset]
            raw[0] = raw[0][node.col_offset:]
            source = b"".join(raw).decode(errors="replace")
            if source not in seen:
                seen.add(source)
                yield source


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="files of Lib/ to take")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--dissect", default=os.path.join(ROOT, ".build/release/dissect"))
    options = parser.parse_args()
    cases = []
    for source in expressions(options.limit):
        want = oracle(source)
        if want is not None:
            cases.append((source, want))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as f:
        for source, _ in cases:
            f.write(json.dumps("(" + source + "\n)") + "\n")
    process = subprocess.run([options.dissect, "_unparse", "--batch", f.name], capture_output=True)
    os.unlink(f.name)
    answers = [json.loads(line) for line in process.stdout.decode("utf-8", "surrogatepass").split("\n") if line]
    equal = 0
    shown = 0
    for (source, want), got in zip(cases, answers):
        if got == want:
            equal += 1
        elif shown < options.show:
            shown += 1
            print(f"{source[:200]!r}\n   CPython {want[:300]}\n   ours    {str(got)[:300]}")
    print(f"{equal} of {len(cases)} expressions agree")
    sys.exit(0 if equal == len(cases) == len(answers) else 1)


if __name__ == "__main__":
    main()
