#!/usr/bin/env python3
"""Mutates pieces of real sources and compares what becomes of them with CPython 3.10: the tree, or the refusal.

usage: fuzz_syntax.py [--seed N] [--count N] [--dissect PATH] [--keep DIR] [LIB]

Runs under the oracle. Pieces of the .py files under LIB (the oracle's
Lib/ by default) are cut, repeated, swapped, filled with random tokens and random bytes. Sources that differ go to DIR.
Exits 1 if a tree differs, a refusal differs or dissect ends badly.
"""
import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
import warnings

from oracle import become_oracle

WORDS = "( ) [ ] { } : ; , . = == != := -> ** * / // @ += -= and or not in is if else elif for while with as def class lambda yield await async return try except finally raise from import global nonlocal pass break continue del assert None True False match case _ x y 1 0x1f 1.5 2j 'a' f'{x}' b'b' u'' \"\"\"t\"\"\" \\\n \n \t \x0c # ! $ ? ~ ^ | & < > ... é \u00a0 \ufeff # type: int\n # type: ignore\n".split(' ')


def mutate(text, rnd):
    for _ in range(rnd.choice((1, 1, 1, 2, 3))):
        kind, size = rnd.randrange(7), len(text)
        if size < 4:
            text += rnd.choice(WORDS)
            continue
        at = rnd.randrange(size)
        if kind == 0:
            text = text[:at] + text[at + rnd.randrange(1, 4):]
        elif kind == 1:
            text = text[:at] + rnd.choice(WORDS) + text[at:]
        elif kind == 2:
            text = text[:at] + " " + rnd.choice(WORDS) + " " + text[at + 1:]
        elif kind == 3:
            low, high = sorted((at, rnd.randrange(size)))
            text = text[:high] + text[low:min(high, low + 40)] + text[high:]
        elif kind == 4:
            text = text[:at]
        else:
            lines = text.split("\n")
            a, b = rnd.randrange(len(lines)), rnd.randrange(len(lines))
            if kind == 5:
                lines[a], lines[b] = lines[b], lines[a]
            else:
                lines[a] = " " * rnd.randrange(5) + lines[a].lstrip() if rnd.random() < .7 else "\t" + lines[a]
            text = "\n".join(lines)
    return text


def make(files, rnd):
    while True:
        try:
            with open(rnd.choice(files), encoding="utf-8") as file:
                lines = file.read().split("\n")
        except UnicodeDecodeError:
            continue
        start = rnd.randrange(len(lines))
        text = "\n".join(lines[start:start + rnd.choice((3, 8, 20, 60))]) + "\n"
        if rnd.random() < .5:
            text = textwrap.dedent(text)
        if rnd.random() < .8:
            text = mutate(text, rnd)
        data = bytearray(text.encode("utf-8", "surrogatepass"))
        if rnd.random() < .05:
            for _ in range(3):
                data[rnd.randrange(len(data))] = rnd.randrange(256)
        return bytes(data)


def theirs(data):
    try:
        return ast.dump(compile(data, "<fuzz>", "exec", ast.PyCF_ONLY_AST), include_attributes=True)
    except SyntaxError as error:
        return [type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text]
    except Exception as error:
        return [type(error).__name__, str(error)]


def ours(base, wanted):
    if os.path.exists(base + ".txt"):
        with open(base + ".txt", encoding="utf-8", errors="surrogatepass") as file:
            return file.read().rstrip("\n")
    if not os.path.exists(base + ".err"):
        return None
    with open(base + ".err") as file:
        error = json.load(file)
    fields = ["type", "msg", "lineno", "offset", "end_lineno", "end_offset", "text"]
    return [error.get(name) for name in fields[:len(wanted)] if isinstance(wanted, list)] or ["refused"]


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("lib", nargs="?", default=os.path.dirname(ast.__file__))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--dissect", default=os.path.join(root, ".build", "release", "dissect"))
    parser.add_argument("--keep", default=os.path.join(root, ".build", "fuzz-syntax"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    rnd = random.Random(options.seed)
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(options.lib) for name in names
                   if name.endswith(".py") and os.path.getsize(os.path.join(folder, name)) < 30000)
    cases = [make(files, rnd) for _ in range(options.count)]
    trees = different = 0
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w") as file:
            for number, data in enumerate(cases):
                path = os.path.join(out, f"{number}.py")
                with open(path, "wb") as source:
                    source.write(data)
                file.write(path + "\n")
        command = [options.dissect, "ast", "-a", "--indent=-1", "--batch", listing, "--out", out]
        status = subprocess.run(command, timeout=600).returncode
        for number, data in enumerate(cases):
            wanted = theirs(data)
            trees += isinstance(wanted, str)
            got = ours(os.path.join(out, str(number)), wanted)
            if got == wanted:
                continue
            different += 1
            os.makedirs(options.keep, exist_ok=True)
            kept = os.path.join(options.keep, f"{options.seed}-{number}.py")
            shutil.copy(os.path.join(out, f"{number}.py"), kept)
            if different <= 10:
                print("DIFFERENT", kept, "\n  ours  ", str(got)[:200], "\n  theirs", str(wanted)[:200])
    print(f"{len(cases)} sources: {trees} trees, {len(cases) - trees} refused, {different} different, dissect ended {status}")
    return 1 if different or status not in (0, 3) else 0


if __name__ == "__main__":
    sys.exit(main())
