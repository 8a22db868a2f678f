#!/usr/bin/env python3
"""Compares our trees with CPython 3.10's, over whole directories.

usage: compare_ast.py [--dissect PATH] [--show N] [PATH ...]

Runs under the oracle. PATHs are files or trees, by default the
oracle's whole Lib/. For every .py file `ast.dump(tree, include_attributes=True)` must equal `dissect ast`'s text, and a
file CPython refuses must be refused with the same type, message, line, columns and text. Prints a summary; exits 1 if
anything differs.
"""
import ast
import json
import os
import subprocess
import sys
import tempfile
import warnings

from oracle import become_oracle


def sources(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def describe(error):
    fields = {"type": type(error).__name__, "msg": getattr(error, "msg", None) or str(error)}
    for name in ("lineno", "offset", "end_lineno", "end_offset", "text"):
        fields[name] = getattr(error, name, None)
    return fields


def main(argv):
    become_oracle()
    if "--help" in argv or "-h" in argv:
        print(__doc__)
        return 0
    program, shown, paths = None, 10, []
    words = iter(argv)
    for word in words:
        if word == "--dissect":
            program = next(words)
        elif word == "--show":
            shown = int(next(words))
        else:
            paths.append(word)
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    program = program or os.path.join(root, ".build", "release", "dissect")
    files = list(sources(paths or [os.path.dirname(ast.__file__)]))
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    same = refused = different = 0
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w") as file:
            file.write("".join(path + "\n" for path in files))
        done = subprocess.run([program, "ast", "-a", "--indent=-1", "--batch", listing, "--out", out])
        if done.returncode not in (0, 3):
            print("dissect failed:", done.returncode)
        for number, path in enumerate(files):
            with open(path, "rb") as file:
                source = file.read()
            try:
                tree = compile(source, path, "exec", ast.PyCF_ONLY_AST)
            except Exception as error:
                wanted, is_tree = describe(error), False
            else:
                wanted, is_tree = ast.dump(tree, include_attributes=True), True
            ours = None
            for suffix in (".txt", ".err"):
                result = os.path.join(out, f"{number}{suffix}")
                if os.path.exists(result):
                    with open(result, encoding="utf-8", errors="surrogatepass") as file:
                        ours = file.read().rstrip("\n")
                    if suffix == ".err":
                        ours = json.loads(ours)
            if isinstance(ours, dict) and not is_tree:
                ours = {key: ours.get(key) for key in wanted}
            if ours == wanted:
                same += is_tree
                refused += not is_tree
                continue
            different += 1
            if different <= shown:
                print("DIFFERENT", path)
                if isinstance(ours, str) and isinstance(wanted, str):
                    at = next((i for i, (a, b) in enumerate(zip(ours, wanted)) if a != b), min(len(ours), len(wanted)))
                    print("  ours  ", ours[max(0, at - 150):at + 150])
                    print("  theirs", wanted[max(0, at - 150):at + 150])
                else:
                    print("  ours  ", str(ours)[:300])
                    print("  theirs", str(wanted)[:300])
    print(f"{len(files)} files: {same} trees identical, {refused} refused alike, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
