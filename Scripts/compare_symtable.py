#!/usr/bin/env python3
"""Compares the symbol tables of every file of CPython's Lib/ with the oracle's `_symtable`.

    Scripts/compare_symtable.py              all of Lib/: prints how many files and blocks are identical
    Scripts/compare_symtable.py FILE...      these files
    Scripts/compare_symtable.py --show N     prints the first N differences (default 5)

Compared: the tree of blocks, their names, types, lines, nesting, parameters, and every symbol's flags and scope.
Runs under the oracle (Scripts/oracle-python); exit 0 all identical, 1 differences, 77 no oracle. Needs .build/release/dissect.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import _symtable

from oracle import HERE, become_oracle



def differences(theirs, ours, path):
    """Blocks seen, and what differs in them."""
    blocks, wrong = 1, []
    here = f"{path}.{theirs.name}"
    for field in ("name", "type", "lineno", "nested", "varnames"):
        a, b = getattr(theirs, field), ours[field]
        if field == "nested":
            a = bool(a)
        if a != b:
            wrong.append(f"{here}: {field} is {b!r}, CPython {a!r}")
    mine = {name: flags for name, flags in ours["symbols"]}
    if mine != theirs.symbols:
        for name in sorted(mine.keys() | theirs.symbols.keys()):
            a, b = theirs.symbols.get(name), mine.get(name)
            if a != b:
                wrong.append(f"{here}: {name} is {b}, CPython {a}")
    # Free names that only pass through a block come in the order of a set in CPython.
    order = [n for n, f in theirs.symbols.items() if f & 0x7FF]
    if order != [n for n, f in ours["symbols"] if f & 0x7FF]:
        wrong.append(f"{here}: order of symbols")
    if len(theirs.children) != len(ours["children"]):
        wrong.append(f"{here}: {len(ours['children'])} children, CPython {len(theirs.children)}")
    for a, b in zip(theirs.children, ours["children"]):
        n, more = differences(a, b, here)
        blocks += n
        wrong += more
    return blocks, wrong


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--show", type=int, default=5)
    args = parser.parse_args()
    sys.setrecursionlimit(10000)
    files = args.files
    if not files:
        lib = os.path.dirname(os.__file__)
        files = sorted(os.path.join(d, f) for d, _, names in os.walk(lib) for f in names
                       if f.endswith(".py") and "site-packages" not in d)
    dissect = os.path.join(HERE, "..", ".build", "release", "dissect")
    same_files = compared = blocks = bad_blocks = refused = refused_alike = 0
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w", encoding="utf-8", errors="surrogateescape") as f:
            f.write("\n".join(files) + "\n")
        subprocess.run([dissect, "_symtable", "--batch", listing, "--out", out, "-j", "2"], check=True)
        for index, path in enumerate(files):
            with open(path, "rb") as f:
                source = f.read()
            error = theirs = None
            try:
                theirs = _symtable.symtable(source, path, "exec")
            except (SyntaxError, ValueError, RecursionError) as e:
                error = e
            text, err = os.path.join(out, f"{index}.txt"), os.path.join(out, f"{index}.err")
            if error is not None:
                refused += 1
                if os.path.exists(err):
                    with open(err, encoding="utf-8") as f:
                        answer = json.load(f)
                    if answer["msg"] == getattr(error, "msg", str(error)):
                        refused_alike += 1
                        continue
                print(f"{path}: CPython refuses ({error})")
                continue
            compared += 1
            if not os.path.exists(text):
                print(f"{path}: refused by us: {open(err).read() if os.path.exists(err) else 'no answer'}")
                continue
            with open(text, encoding="utf-8") as f:
                ours = json.load(f)
            n, wrong = differences(theirs, ours, path)
            blocks += n
            bad_blocks += len({w.split(": ")[0] for w in wrong})
            same_files += not wrong
            for line in wrong:
                if args.show > 0:
                    args.show -= 1
                    print(line)
    print(f"{same_files} of {compared} files identical, {blocks - bad_blocks} of {blocks} blocks; "
          f"{refused_alike} of {refused} refused files refused alike")
    return 0 if same_files == compared and refused == refused_alike else 1


if __name__ == "__main__":
    sys.exit(main())
