#!/usr/bin/env python3
"""Evaluates grids of expressions under CPython 3.10 and under taipan and compares every value and every error.

    Scripts/compare_values.py [--only SECTION]... [--show N] [--taipan PATH] [--list]

A section is a file of Scripts/grids: format specifications, `%` formatting, `str.format`, parsing of numbers, float and int
texts, `math` and `cmath` at the edges, memoryview, bytes, slices and ranges, sorting, views, `struct`, `array`, text, and what
`print`, `open`, `compile`, `exec`, `eval` refuse. Each line a section prints is `expression<TAB>value or error`.
Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

GRIDS = os.path.join(HERE, "grids")


def answers(command, section):
    """The lines of a section as a list of (expression, answer), and how the process ended."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryDirectory() as directory:
        try:
            done = subprocess.run([command, os.path.join(GRIDS, section + ".py")], capture_output=True, cwd=directory, env=environment, stdin=subprocess.DEVNULL, timeout=900)
            output, end = done.stdout, f"exit {done.returncode}: {done.stderr[-600:].decode(errors='replace')}" if done.returncode else ""
        except subprocess.TimeoutExpired as e:
            output, end = e.stdout or b"", "ran out of 900 s"
    return [line.rpartition("\t")[::2] for line in output.decode(errors="replace").split("\n") if "\t" in line], end


def compare(section, taipan, show):
    """Prints what differs in a section; returns how many cases there are and how many differ."""
    theirs, end = answers(sys.executable, section)
    if end:
        print(f"{section}: the oracle ended with {end}")
    ours, end = answers(taipan, section)
    if end:
        print(f"{section}: taipan ended with {end}")
    ways = {}
    for number, (label, expected) in enumerate(theirs):
        got = ours[number] if number < len(ours) else (label, "not reached")
        if got != (label, expected):
            way = (re.sub(r"[0-9]+.*|'[^']*'", "", expected)[:60], re.sub(r"[0-9]+.*|'[^']*'", "", got[1])[:60])
            ways.setdefault(way, []).append((label, expected, got))
    differ = sum(map(len, ways.values()))
    for found in sorted(ways.values(), key=len, reverse=True)[:show]:
        label, expected, got = min(found, key=lambda case: len(case[0]))
        print(f"  {len(found)}x {label:.200}\n    CPython {expected:.300}\n    taipan  {got[1] if got[0] == label else got!r:.300}")
    print(f"{section}: {len(theirs)} cases, {differ} differ in {len(ways)} ways", flush=True)
    return len(theirs), differ


def main():
    sections = sorted(name[:-3] for name in os.listdir(GRIDS) if name.endswith(".py") and name != "cases.py")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=sections, metavar="SECTION")
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    options = parser.parse_args()
    if options.list:
        print(*sections)
        return 0
    counts = [compare(section, os.path.abspath(options.taipan), options.show) for section in options.only or sections]
    print(f"{sum(all for all, _ in counts)} cases, {sum(differ for _, differ in counts)} differ")
    return 1 if any(differ for _, differ in counts) else 0


if __name__ == "__main__":
    become_oracle()
    sys.exit(main())
