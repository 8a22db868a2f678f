#!/usr/bin/env python3
"""Compares `dissect tokens` with CPython 3.10's `tokenize` module, over Lib/ and over mutilated files.

usage: Scripts/compare_tokens.py [--limit N] [--mutants N] [--seed N] [--dissect PATH] [PATH...]

Runs under the oracle, `dissect` built in release. PATHs are files or folders; the default is the oracle's Lib/.
Each file is compared as a whole: the text of `python -m tokenize -e`, or the error. Exit code 1 if any differs.
"""
import argparse
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import tokenize

from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIB = os.path.dirname(os.__file__)


def expected(path):
    try:
        with open(path, "rb") as f:
            tokens = list(tokenize.tokenize(f.readline))
    except tokenize.TokenError as e:
        return ("error", e.args[0], *e.args[1])
    except IndentationError as e:
        return ("error", e.args[0], *e.args[1][1:3])
    except SyntaxError as e:
        return ("error", str(e), None, None)
    except UnicodeDecodeError as e:
        return ("error", str(e), None, None)
    lines = []
    for t in tokens:
        where = "%d,%d-%d,%d:" % (t.start + t.end)
        lines.append("%-20s%-15s%-15r\n" % (where, tokenize.tok_name[t.exact_type], t.string))
    return "".join(lines)


def mutilated(files, count, rng, folder):
    pieces = [b"'", b'"', b'"""', b"\\", b"\\\n", b"\n", b"(", b")", b"\t", b" ", b"\x0c", b"\r", b"#", b"0x", b"1_", b"e", b"\xc3\xa9",
              b"\xff", b"$", b"?", b"!", b"f'", b"Rb\"", b"...", b"1.", b".5e", b"\xe2\x80\xa8", b"\xd9\xa3", b"\xc2\xa0", b"# coding: latin-1\n"]
    for number in range(count):
        data = open(rng.choice(files), "rb").read()
        lines = data.split(b"\n")
        start = rng.randrange(len(lines))
        text = bytearray(b"\n".join(lines[start:start + rng.randrange(1, 12)]))
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text) + 1)
            if rng.random() < 0.3:
                del text[at:at + rng.randrange(1, 4)]
            else:
                text[at:at] = rng.choice(pieces)
        path = os.path.join(folder, f"m{number}.py")
        with open(path, "wb") as f:
            f.write(text)
        yield path


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--mutants", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--dissect", default=os.path.join(ROOT, ".build/release/dissect"))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = []
    for path in options.paths or [LIB]:
        files += sorted(glob.glob(path + "/**/*.py", recursive=True)) if os.path.isdir(path) else [path]
    if options.limit:
        files = files[:options.limit]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        mutants = list(mutilated(files, options.mutants, rng, folder))
        for name, paths in (("files", files), ("mutilated files", mutants)):
            out = os.path.join(folder, "out")
            os.makedirs(out, exist_ok=True)
            names = os.path.join(folder, "list")
            with open(names, "w") as f:
                f.write("\n".join(paths) + "\n")
            process = subprocess.run([options.dissect, "tokens", "-e", "--batch", names, "--out", out])
            if process.returncode:
                print("dissect ends with", process.returncode)
                failed += 1
            equal = 0
            for index, path in enumerate(paths):
                want = expected(path)
                text, error = os.path.join(out, f"{index}.txt"), os.path.join(out, f"{index}.err")
                if os.path.exists(text):
                    got = open(text, encoding="utf-8", errors="surrogatepass", newline="").read()
                elif os.path.exists(error):
                    item = json.load(open(error))
                    got = ("error", item["msg"], item["lineno"], item["offset"])
                else:
                    got = None
                for leftover in (text, error):
                    if os.path.exists(leftover):
                        os.unlink(leftover)
                if got == want:
                    equal += 1
                    continue
                failed += 1
                if failed <= options.show:
                    print(path, repr(open(path, "rb").read())[:200] if path.startswith(folder) else "")
                    if isinstance(want, str) and isinstance(got, str):
                        for a, b in zip(want.split("\n"), got.split("\n")):
                            if a != b:
                                print("   CPython", a, "\n   ours   ", b)
                                break
                    else:
                        print("   CPython", str(want)[-200:], "\n   ours   ", str(got)[-200:])
            print(f"{equal} of {len(paths)} {name} agree")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
