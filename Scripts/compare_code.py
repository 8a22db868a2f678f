#!/usr/bin/env python3
"""Compiles every file of CPython's Lib/ both ways and compares every field of every code object.

    Scripts/compare_code.py                     all of Lib/, prints how many files and code objects are identical
    Scripts/compare_code.py -O | -OO            the same, optimised
    Scripts/compare_code.py --show 3 FILE...    these files; the first 3 differences in full, with both listings

Files that CPython refuses must be refused with the same exception, message, position and text. Runs under the oracle
(Scripts/oracle-python); exit 0 all identical, 1 differences, 77 no oracle. Needs .build/release/dissect.
"""
import argparse
import collections
import difflib
import dis
import io
import json
import marshal
import os
import subprocess
import sys
import tempfile
import warnings

from oracle import HERE, become_oracle



FIELDS = [
    "co_name", "co_filename", "co_firstlineno", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
    "co_flags", "co_varnames", "co_names", "co_cellvars", "co_freevars", "co_consts", "co_code", "co_stacksize",
    "co_linetable", "co_lnotab",
]
CODE = type((lambda: 0).__code__)


def key(value):
    """Equal for constants of equal type and exact value; code objects are compared on their own."""
    if isinstance(value, CODE):
        return "code " + value.co_name
    if isinstance(value, tuple):
        return ("tuple", tuple(map(key, value)))
    if isinstance(value, frozenset):
        return ("frozenset", tuple(sorted(map(repr, map(key, value)))))
    return (type(value).__name__, repr(value))


def nested(code):
    """The code objects among the constants."""
    return [item for item in code.co_consts if isinstance(item, CODE)]


def count(code):
    return 1 + sum(map(count, nested(code)))


class Tally:
    def __init__(self, show):
        self.show = show
        self.codes = self.same_codes = self.files = self.same_files = self.refused = self.same_refused = 0
        self.fields = collections.Counter()
        self.different = []

    def compare(self, path, theirs, ours):
        """Both module codes; true if nothing differs."""
        same = True
        stack = [(theirs, ours, theirs.co_name)]
        while stack:
            a, b, name = stack.pop()
            self.codes += 1
            wrong = [f for f in FIELDS if key(getattr(a, f)) != key(getattr(b, f))]
            inner_a, inner_b = nested(a), nested(b)
            if len(inner_a) == len(inner_b):
                stack += [(x, y, name + "." + x.co_name) for x, y in zip(inner_a, inner_b)]
            else:
                wrong.append("number of nested code objects")
                self.codes += sum(map(count, inner_a))
            if not wrong:
                self.same_codes += 1
                continue
            same = False
            self.fields.update(wrong)
            self.report(path, name, a, b, wrong)
        return same

    def report(self, path, name, a, b, wrong):
        if self.show <= 0:
            return
        self.show -= 1
        print(f"--- {path} {name} line {a.co_firstlineno}: {', '.join(wrong)}")
        for field in wrong:
            if field in ("co_code", "number of nested code objects"):
                continue
            print(f"    {field}\n      CPython {getattr(a, field)!r:.600}\n      ours    {getattr(b, field)!r:.600}")
        if "co_code" in wrong:
            listings = []
            for code in (a, b):
                out = io.StringIO()
                try:
                    dis.dis(code, file=out, depth=0)
                except Exception as error:
                    out.write(f"dis failed: {error!r}")
                listings.append(out.getvalue().splitlines())
            print("\n".join(list(difflib.unified_diff(*listings, "CPython", "ours", lineterm="", n=4))[:60]))


def refusal(error):
    """What our JSON says of an exception."""
    result = {"type": type(error).__name__, "msg": str(error)}
    if isinstance(error, SyntaxError):
        result.update(msg=error.msg, lineno=error.lineno, offset=error.offset, end_lineno=error.end_lineno,
                      end_offset=error.end_offset, text=error.text)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="files or directories; default: the oracle's Lib/")
    parser.add_argument("-O", dest="optimize", action="count", default=0)
    parser.add_argument("-j", dest="jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=0, help="print this many differences in full")
    parser.add_argument("--list", action="store_true", help="name every file that differs")
    parser.add_argument("--dissect", default=os.path.join(HERE, "..", ".build", "release", "dissect"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10000)
    if not os.path.exists(options.dissect):
        sys.exit("build first: Scripts/build")

    roots = options.files or [os.path.dirname(os.__file__)]
    paths = []
    for root in roots:
        if os.path.isdir(root):
            for folder, folders, names in os.walk(root):
                folders[:] = sorted(set(folders) - {"__pycache__", "site-packages"})
                paths += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
        else:
            paths.append(root)

    tally = Tally(options.show)
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w") as file:
            file.write("".join(path + "\n" for path in paths))
        command = [options.dissect, "pyc", "--batch", listing, "--out", out, "-j", str(options.jobs)]
        run = subprocess.run(command + ["-O"] * options.optimize)
        if run.returncode < 0:
            print(f"dissect died of signal {-run.returncode}")
        for number, path in enumerate(paths):
            with open(path, "rb") as file:
                source = file.read()
            compare_file(tally, path, source, os.path.join(out, str(number)), options)

    print(f"{tally.same_files} of {tally.files} files identical, {tally.same_codes} of {tally.codes} code objects")
    print(f"{tally.same_refused} of {tally.refused} refused files refused alike")
    for field, number in tally.fields.most_common():
        print(f"  {number:6} code objects differ in {field}")
    if options.list:
        print("\n".join(tally.different))
    whole = tally.same_files == tally.files and tally.same_refused == tally.refused
    sys.exit(0 if whole else 1)


def compare_file(tally, path, source, base, options):
    try:
        theirs = compile(source, path, "exec", dont_inherit=True, optimize=options.optimize)
    except Exception as error:
        theirs = refusal(error)
    ours = None
    if os.path.exists(base + ".txt"):
        with open(base + ".txt", "rb") as file:
            data = file.read()
        try:
            ours = marshal.loads(data[16:])
        except Exception as error:
            ours = {"unreadable": repr(error)}
    elif os.path.exists(base + ".err"):
        with open(base + ".err", encoding="utf-8") as file:
            ours = json.load(file)
    if isinstance(theirs, dict):
        tally.refused += 1
        got = {name: ours.get(name) for name in theirs} if isinstance(ours, dict) else ours
        if got == theirs:
            tally.same_refused += 1
        else:
            tally.different.append(path)
            print(f"refusal differs: {path}\n  CPython {theirs}\n  ours    {got}")
        return
    tally.files += 1
    if not isinstance(ours, CODE):
        tally.codes += count(theirs)
        tally.different.append(path)
        tally.fields["nothing: refused or failed"] += 1
        if tally.show > 0:
            tally.show -= 1
            print(f"--- {path}: {ours}")
        return
    if tally.compare(path, theirs, ours):
        tally.same_files += 1
    else:
        tally.different.append(path)


if __name__ == "__main__":
    become_oracle()
    main()
