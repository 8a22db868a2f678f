#!/usr/bin/env python3
"""Compares our refusals with CPython 3.10's: type, message, filename, line, offset, end line, end offset, text.

usage: Scripts/compare_errors.py [--set NAME]... [--limit N] [--show N] [--seed N] [--dissect PATH] [--save FILE] [--full]

Runs under the oracle with `dissect` built in release.
Sources come in sets (all by default):
  tests    every SyntaxError example and every string that does not compile in the oracle's grammar tests
  lib      the files of Lib/ that CPython refuses, and tails of those it takes
  mutants  one token deleted, doubled, swapped or inserted at every position of short programs
  cuts     short programs cut off after every character
  bytes    sources as bytes: encodings, bad bytes, line ends
  file     one case a line, as a Python string literal, from --cases FILE
By default errors of the parser are compared (`ast.parse`); --full compares `compile()`, the compiler's errors included.
Exit code 0 if all agree, 1 if some differ.
"""
import argparse
import ast
import glob
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import tokenize
import warnings

from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIB = os.path.dirname(os.__file__)
TESTS = os.path.join(LIB, "test")
TEST_FILES = """test_syntax test_exceptions test_fstring test_eof test_unparse test_positional_only_arg
test_named_expressions test_patma test_string_literals test_grammar test_type_comments test_genexps test_generators
test_dictcomps test_listcomps test_setcomps test_unpack test_unpack_ex test_keywordonlyarg test_future test_flufl
test_unicode_identifiers test_source_encoding test_tokenize test_ast test_parser test_compile test_codeop test_coroutines
test_decorators test_with test_raise test_scope test_super test_annotations test_builtin test_code_module test_cmd_line
test_lambda test_int_literal test_ascii_formatd test_complex test_long test_pep563 test_traceback test_symtable
test_dynamicclassattribute test_utf8source test_extcall test_class test_dict test_set test_global test_nonlocal
test_exception_variations test_opcodes test_repl test_asyncgen test_peg_generator/test_c_parser
test_peg_generator/test_pegen""".split()

PROGRAMS = [
    "x = 1\n", "x: int = 1\n", "x, y = y, x\n", "x += 1; y -= 2\n", "a = b = c\n", "(a, *b) = c\n", "[a, b] = c\n",
    "a.b[c].d = e\n", "x = (yield)\n", "del a, b[0], c.d\n", "assert a, 'b'\n", "pass\n", "import a.b as c, d\n",
    "from .a.b import c as d, e\n", "from a import (b, c,)\n", "from . import *\n", "global a, b\n",
    "if a:\n    b\nelif c:\n    d\nelse:\n    e\n", "if a: b\n", "while a:\n    break\nelse:\n    continue\n",
    "for a, b in c:\n    d\nelse:\n    e\n", "for x in range(10): pass\n", "async def f():\n    async for x in y: await z\n",
    "async def f():\n    async with a as b: pass\n", "try:\n    a\nexcept B as c:\n    d\nexcept:\n    e\nelse:\n    f\nfinally:\n    g\n",
    "try: a\nfinally: b\n", "try:\n    a\nexcept (A, B):\n    b\n", "with a as b, c as d:\n    e\n", "with (a as b, c):\n    e\n",
    "with (a): b\n", "def f(a, /, b=1, *c, d, e=2, **f) -> g:\n    return h\n", "def f(*, a): return a\n",
    "def f(a, b): yield a, b\n", "def f(): return\n", "@a.b(c)\ndef f(): pass\n", "@a\nclass B: pass\n",
    "class A(B, metaclass=C):\n    x = 1\n    def f(self): pass\n", "raise A from B\n", "raise\n", "lambda a, b=1, *c, **d: e\n",
    "lambda: 0\n", "x = lambda *, a: a\n", "f(a, *b, c=d, **e)\n", "f(a for a in b)\n", "f(a, b)\n", "print(a, b)\n",
    "print(a)\n", "[a for b in c if d if e]\n", "{a: b for c, d in e}\n", "{a for b in c}\n", "(a for b in c for d in e)\n",
    "[1, 2, *c]\n", "{1: 2, **a, 3: 4}\n", "{1, 2, *a}\n", "(1, 2)\n", "()\n", "[]\n", "{}\n", "a if b else c\n", "not a and b or c\n",
    "a < b <= c != d is not e not in f\n", "a | b ^ c & d << e + f * g ** -h\n", "~a // b % c @ d\n", "a[b:c:d, e]\n", "a[b, c:d]\n",
    "a[:]\n", "x = a[1](2).b\n", "(a := b)\n", "if (n := len(a)) > 10: pass\n", "f'{a!r:>{b}}' 'c'\n", "'a' 'b'\n", "x = 'a'\n", "b'a'\n",
    "1 + 2j - 0x1f\n", "...\n", "None is True\n", "match a:\n    case 1: pass\n    case b if c: d\n    case _: e\n",
    "match a, b:\n    case [c, *d]: pass\n    case {'a': 1, **e}: pass\n", "match a:\n    case A(b, c=d) | -1 + 2j as e:\n        pass\n",
    "match a:\n    case (a.b | None | 'x'): pass\n    case (b, c): pass\n", "match = case = 1\n", "def f(a: int = 1, *b: c) -> d: pass\n",
    "nonlocal a\n", "return a, *b\n", "x = await y\n", "if a:\n    if b:\n        c\n    d\ne\n", "def f():\n    x = 1\n\n    return x\ny = 2\n",
    "x = [\n    1,\n    2,\n]\n", "x = f(a,\n      b)\n", "x = '''a\nb''' + c\n", "x = a \\\n    + b\n", "a; b; c\n", "x = 1 # comment\n# more\ny\n",
    "class A:\n    '''doc'''\n", "for (a, b) in c: pass\n", "for a.b in c: pass\n", "a, = b\n", "*a, b = c\n", "x = *a, b\n",
    "yield a\n", "x = yield from a\n", "exec(a)\n", "print\n", "with a: b\n", "with a, b: c\n", "é = 'ü' + ß\n", "x = ('é', ü)\n",
    "if a: pass\nelse: pass\n", "async def f(): return [x async for x in y]\n", "x = {**a}\n", "x = a if b else lambda: c\n",
    "dict(a=1, b=2)\n", "f(**a, b=c)\n", "f(*a, b)\n", "f(a)(b)[c]\n", "def f(a, b=1): pass\n", "def f(*a, **b): pass\n", "f(a=1, *b)\n",
]
INSERTS = ["(", ")", "[", "]", "{", "}", ",", ":", "=", "==", ":=", ".", "*", "**", "a", "1", "'s'", "if", "else", "for", "in", "not",
           "print", "lambda", "as", "None", "True", "\n", "\n    ", "->", "+=", "$", "?", "!", "yield", "await", "def", "import", "f''",
           ";", "and", "match", "case", "_", "@", "<>", "-", "...", "async", "\\", "from"]


def outcome(source, mode, full, feature_version=None, type_comments=False):
    """What CPython does, as the dictionary our program prints."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if full:
                compile(source, "<string>", mode, dont_inherit=True)
            else:
                flags = ast.PyCF_ONLY_AST | (ast.PyCF_TYPE_COMMENTS if type_comments else 0)
                if feature_version is None:
                    compile(source, "<string>", mode, flags, dont_inherit=True)
                else:
                    compile(source, "<string>", mode, flags, dont_inherit=True, _feature_version=feature_version)
        except SyntaxError as e:
            return (type(e).__name__, e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)
        except (ValueError, MemoryError, RecursionError, OverflowError) as e:
            return (type(e).__name__, str(e))
        except SystemError as e:
            return ("SystemError", str(e))
    return None


def ours(answer):
    """The same from our program's answer."""
    if answer.get("ok"):
        return None
    kind = answer.get("type", "?")
    kind = kind[:1].upper() + kind[1:]
    if kind in ("SyntaxError", "IndentationError", "TabError"):
        return (kind, answer.get("msg"), answer.get("filename"), answer.get("lineno"), answer.get("offset"),
                answer.get("end_lineno"), answer.get("end_offset"), answer.get("text"))
    return (kind, answer.get("msg", ""))


def strings_of_tests():
    """Strings in the test files, doctest examples, and what looks like a source."""
    found = []
    for name in TEST_FILES:
        path = os.path.join(TESTS, name + ".py")
        if not os.path.exists(path):
            continue
        tree = ast.parse(open(path, "rb").read())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                found.append(text)
                for line in text.split("\n"):
                    found.append(line)
                if ">>>" in text:
                    found.extend(doctests(text))
                import textwrap
                found.append(textwrap.dedent(text))
            elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
                found.append(node.value)
    seen = set()
    for text in found:
        if text and text not in seen and len(text) < 20000:
            seen.add(text)
            yield text


def doctests(text):
    import doctest
    try:
        for example in doctest.DocTestParser().get_examples(text):
            yield example.source
    except ValueError:
        return


def library(rng):
    for path in sorted(glob.glob(LIB + "/**/*.py", recursive=True)):
        data = open(path, "rb").read()
        if outcome(data, "exec", False) is not None:
            yield data
    files = sorted(glob.glob(LIB + "/*.py"))
    for path in rng.sample(files, 60):
        text = open(path, encoding="utf-8", errors="replace").read()
        for _ in range(4):
            cut = rng.randrange(len(text))
            yield text[:cut]
            end = min(len(text), cut + rng.randrange(1, 12))
            yield text[:cut] + text[end:]


def pieces(program):
    """The program as tokens with the blanks before them."""
    result = []
    lines = program.splitlines(True)
    last = (1, 0)
    try:
        for token in tokenize.generate_tokens(io.StringIO(program).readline):
            if token.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
                continue
            start, end = token.start, token.end
            gap = ""
            row, column = last
            while row < start[0]:
                gap += lines[row - 1][column:]
                row, column = row + 1, 0
            gap += lines[row - 1][column:start[1]]
            result.append((gap, token.string))
            last = end
    except (tokenize.TokenError, IndentationError):
        pass
    return result


def mutants():
    for program in PROGRAMS:
        yield program
        parts = pieces(program)
        def text(items):
            return "".join(a + b for a, b in items)
        for i in range(len(parts)):
            yield text(parts[:i] + parts[i + 1:])
            yield text(parts[:i + 1] + [(" ", parts[i][1])] + parts[i + 1:])
            if i + 1 < len(parts):
                yield text(parts[:i] + [(parts[i][0], parts[i + 1][1]), (parts[i + 1][0] or " ", parts[i][1])] + parts[i + 2:])
            for insert in INSERTS:
                gap, token = parts[i]
                yield text(parts[:i] + [(gap, insert), (" ", token)] + parts[i + 1:])
        for insert in INSERTS:
            yield program + insert


def cuts():
    for program in PROGRAMS:
        for i in range(len(program)):
            yield program[:i]
            yield program[i:]


def byte_sources():
    bodies = [b"x = 1\n", b"x = '\xe9'\n", b"x = '\xc3\xa9' y\n", b"# \xe9\nx y\n", b"\xe9 = 1\n", b"x = b'\xe9'\n", b"'\xff' 'a\n", b"x\x00y\n",
              b"x = 1\r\ny = (\r\n", b"x = 1\ry z\r", b"\xef\xbb\xbfx y\n", b"if x:\r\n  y\r\n z\r\n", b"\x0cx y\n", b"x = '''\xc3\xa9\n''' y\n", b"\xa4 = 1\n",
              b"x = \xe2\x80\xa6\n", b"x = \xe2\x80\x9cabc\xe2\x80\x9d\n", b"x\xc2\xa0= 1\n", b"'\\x' y\n", b"'\\N{foo}'\n", b"f'{\xc3\xa9 b}'\n"]
    cookies = [b"", b"# coding: utf-8\n", b"# coding: latin-1\n", b"# -*- coding: cp1252 -*-\n", b"\n# vim: set fileencoding=koi8-r :\n",
               b"# coding: nope\n", b"# coding: ascii\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf# coding: utf-8\n", b"\xef\xbb\xbf# coding: latin-1\n",
               b"# coding: iso-8859-15\n", b"# coding: utf-16\n", b"# coding=utf8\n", b"\n\n# coding: latin-1\n", b"x\n# coding: latin-1\n"]
    for cookie in cookies:
        for body in bodies:
            yield cookie + body


def run(dissect, cases, full):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="ascii") as f:
        for case in cases:
            item = {"filename": "<string>", "mode": case["mode"], "compile": full}
            if isinstance(case["source"], bytes):
                item["hex"] = case["source"].hex()
            else:
                item["source"] = case["source"]
            for key in ("feature_version", "type_comments"):
                if case.get(key):
                    item[key] = case[key]
            f.write(json.dumps(item) + "\n")
    process = subprocess.run([dissect, "_errors", "--batch", f.name], capture_output=True, text=True, encoding="utf-8")
    os.unlink(f.name)
    answers = [json.loads(line) for line in process.stdout.split("\n") if line]
    if len(answers) != len(cases):
        print(f"{len(answers)} answers for {len(cases)} cases; exit {process.returncode}: {process.stderr[-500:]}")
        if len(answers) < len(cases):
            print("it stopped at", repr(cases[len(answers)]["source"])[:300])
    return answers


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=["tests", "lib", "mutants", "cuts", "bytes", "file"])
    parser.add_argument("--cases")
    parser.add_argument("--mode", default="exec", choices=["exec", "eval", "single", "func_type"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--refused-only", action="store_true", help="leave out what CPython accepts")
    parser.add_argument("--dissect", default=os.path.join(ROOT, ".build/release/dissect"))
    parser.add_argument("--save", help="write the cases that differ, as Python literals")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    sets = {"tests": strings_of_tests, "lib": lambda: library(rng), "mutants": mutants, "cuts": cuts, "bytes": byte_sources,
            "file": lambda: [ast.literal_eval(line) for line in open(options.cases, encoding="utf-8")]}
    chosen = options.set or ["tests", "lib", "mutants", "cuts", "bytes"]
    failed = False
    saved = []
    for name in chosen:
        sources = list(dict.fromkeys(sets[name]()))
        if options.limit and len(sources) > options.limit:
            sources = rng.sample(sources, options.limit)
        cases = []
        expected = []
        for source in sources:
            if isinstance(source, str) and re.search("[\ud800-\udfff]", source):
                continue
            result = outcome(source, options.mode, options.full)
            if result is None and options.refused_only:
                continue
            cases.append({"source": source, "mode": options.mode})
            expected.append(result)
        answers = run(options.dissect, cases, options.full)
        refused = sum(e is not None for e in expected)
        kinds = {}
        shown = 0
        equal = equal_refused = 0
        for case, want, answer in zip(cases, expected, answers):
            got = ours(answer)
            if got == want:
                equal += 1
                equal_refused += want is not None
                continue
            failed = True
            saved.append(case["source"])
            what = ("accepts" if got is None else "refuses" if want is None else
                    "type" if got[0] != want[0] else "message" if got[1] != want[1] else
                    "place" if got[:7] != want[:7] else "text")
            kinds[what] = kinds.get(what, 0) + 1
            if shown < options.show:
                shown += 1
                print(f"{what}: {case['source']!r:.300}\n    CPython {want}\n    ours    {got}")
        print(f"{name}: {equal} of {len(cases)} agree; {equal_refused} of {refused} refused sources agree. {kinds or ''}")
    if options.save:
        with open(options.save, "w", encoding="utf-8") as f:
            for source in saved:
                f.write(ascii(source) + "\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
