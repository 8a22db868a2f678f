#!/usr/bin/env python3
"""Compares listings with CPython's over all of Lib/: `dis.dis` and `dis.code_info` of every file, and .pyc both ways.

    Scripts/compare_dis.py [--show N] [FILE...]

CPython compiles each file and writes a .pyc; `dissect dis` and `dissect code` read it, and their text must be CPython's
(addresses aside; a set's elements may come in another order). `dissect _marshal` writes the .pyc again, verified; CPython
must load an equal code object. Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import dis
import io
import marshal
import os
import re
import subprocess
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from compare_code import FIELDS, key, nested
from oracle import HERE, become_oracle


def plain(text):
    text = re.sub(rb"0x[0-9a-f]{8,}", b"0x", text)
    return re.sub(rb"frozenset\(\{.*\}\)", lambda found: bytes(sorted(found.group())), text)


def walk(code):
    yield code
    for inner in nested(code):
        yield from walk(inner)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--dissect", default=os.path.join(HERE, "..", ".build", "release", "dissect"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    paths = options.files
    if not paths:
        for folder, folders, names in os.walk(os.path.dirname(os.__file__)):
            folders[:] = sorted(set(folders) - {"__pycache__", "site-packages"})
            paths += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    with tempfile.TemporaryDirectory() as base:
        codes, pycs = [], []
        for path in paths:
            try:
                with open(path, "rb") as file:
                    code = compile(file.read(), path, "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                continue
            pycs.append(os.path.join(base, f"{len(codes)}.pyc"))
            codes.append((path, code))
            with open(pycs[-1], "wb") as file:
                file.write(b"\x6f\x0d\x0d\x0a" + bytes(12) + marshal.dumps(code))
        listing = os.path.join(base, "list")
        with open(listing, "w") as file:
            file.write("".join(pyc + "\n" for pyc in pycs))
        for command in ("dis", "code"):
            subprocess.run([options.dissect, command, "--batch", listing, "--out", os.path.join(base, command), "-j", "2"])
        run = subprocess.run([options.dissect, "_marshal", "--pycs", listing, "--out", os.path.join(base, "pyc")],
                             stdout=subprocess.PIPE, text=True)
        counts = {"dis": 0, "code": 0, "pyc": 0}
        for number, (path, code) in enumerate(codes):
            text = io.StringIO()
            dis.dis(code, file=text)
            wanted = {"dis": text.getvalue(), "code": "\n".join(dis.code_info(c) + "\n" for c in walk(code))}
            for command in ("dis", "code"):
                theirs = plain(wanted[command].encode("utf-8", "surrogatepass"))
                try:
                    with open(os.path.join(base, command, f"{number}.txt"), "rb") as file:
                        ours = plain(file.read())
                except OSError:
                    ours = b"nothing"
                if ours == theirs:
                    counts[command] += 1
                elif options.show > 0:
                    options.show -= 1
                    first = next((p for p in zip(theirs.split(b"\n"), ours.split(b"\n")) if p[0] != p[1]), ("", ""))
                    print(f"{path} ({command})\n  CPython {first[0]}\n  ours    {first[1]}")
            try:
                with open(os.path.join(base, "pyc", f"{number}.pyc"), "rb") as file:
                    again = marshal.loads(file.read()[16:])
                pairs = list(zip(walk(code), walk(again)))
                counts["pyc"] += all(key(getattr(a, f)) == key(getattr(b, f)) for a, b in pairs for f in FIELDS)
            except Exception as error:
                print(f"{path}: {error!r}")
        print(f"{counts['dis']} of {len(codes)} files list alike under dis.dis")
        print(f"{counts['code']} of {len(codes)} files describe alike under dis.code_info")
        print(f"{counts['pyc']} of {len(codes)} .pyc files read by us and written again are equal in CPython")
        print(run.stdout.strip())
    sys.exit(0 if all(count == len(codes) for count in counts.values()) else 1)


if __name__ == "__main__":
    become_oracle()
    main()
