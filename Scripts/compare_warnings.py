#!/usr/bin/env python3
"""Compares the SyntaxWarnings and DeprecationWarnings of compiling: category, message, line, order.

usage: Scripts/compare_warnings.py [--set lib|tests|mutants]... [--show N] [--dissect PATH]

  lib      every file below Lib/ and site-packages
  tests    every string of the grammar tests (compare_errors.py's set)
  mutants  short programs with one token changed, and with invalid escapes, `is` and `assert` put in
Needs `dissect` built in release. Exit code 0 if all agree, 1 if some differ.
"""
import argparse
import glob
import os
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import compare_errors
from oracle import become_oracle


def theirs(source):
    """What CPython warns of, and whether it compiles."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            compile(source, "<string>", "exec", dont_inherit=True)
            ok = True
        except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError, SystemError):
            ok = False
    return ok, [[w.category.__name__, str(w.message), w.lineno] for w in seen]


def library():
    for path in sorted(glob.glob(compare_errors.LIB + "/**/*.py", recursive=True)):
        with open(path, "rb") as file:
            yield file.read()


def provoked():
    bits = ["'\\d'", "b'\\d'", "f'\\d{x}'", "f'{x!r:\\d}'", "'''\n\\d'''", "x is 1", "x is not 'a'", "1 is x", "() is x", "x is ()",
            "1()", "'a'()", "[1](2)", "(1, 2)(3)", "{1}()", "1[2]", "'a'['b']", "[1]['a']", "(1,)[1.0]", "{1}[0]", "None[0]",
            "(lambda: 0)[1]", "f'a'[b'c']", "[x for x in y]['a']", "[1,\n 2](3)", "1 is 1 is 1", "f'{1 is x}'", "f'{1()}'",
            "'\\8' '\\400' b'\\777'", "'\\N{DIGIT ONE}\\q'", "rb'\\d'", "0x1for x in y", "1if 1else 2", "...()", "'a' 'b'()"]
    holes = ["{}\n", "x = {}\n", "def f():\n    return {}\n", "if {}: pass\n", "assert ({}, 'x')\n", "class A:\n    '''d'''\n    x = {}\n",
             "lambda: {}\n", "x = [\n  {},\n  {}]\n", "try:\n    pass\nfinally:\n    {}\n", "with a:\n  return {}\n", "async def f():\n  {}\n  await 1\n",
             "{} = 1\n", "f({}\n", "x = {} x\n", "def f(a={}) -> {}: pass\n", "@{}\nclass A: pass\n", "f'{{{}}}'\n", "x: {} = {}\n"]
    for hole in holes:
        for bit in bits:
            yield hole.replace("{}", bit)
    yield from compare_errors.mutants()


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=["lib", "tests", "mutants"])
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--dissect", default=os.path.join(compare_errors.ROOT, ".build/release/dissect"))
    options = parser.parse_args()
    sets = {"lib": library, "tests": compare_errors.strings_of_tests, "mutants": provoked}
    failed = False
    for name in options.set or list(sets):
        sources = [s for s in dict.fromkeys(sets[name]()) if not (isinstance(s, str) and any("\ud800" <= c <= "\udfff" for c in s))]
        answers = compare_errors.run(options.dissect, [{"source": s, "mode": "exec"} for s in sources], True)
        warned = equal = shown = 0
        for source, answer in zip(sources, answers):
            want = theirs(source)
            got = (bool(answer.get("ok")), answer.get("warnings"))
            warned += bool(want[1])
            if got == want:
                equal += 1
                continue
            failed = True
            if shown < options.show:
                shown += 1
                print(f"{source!r:.300}\n    CPython {want!s:.500}\n    ours    {got!s:.500}")
        print(f"{name}: {equal} of {len(sources)} agree, {warned} of them with warnings")
        failed |= len(answers) != len(sources)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
