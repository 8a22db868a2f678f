#!/usr/bin/env python3
"""Holds the marshal reader and writer against CPython's: values of every type, all versions, and mutated data.

    Scripts/compare_marshal.py [--count N] [--seed S] [--show N]

Each case is read by `dissect _marshal`, which writes it again; CPython must read the same value from both, and refuse
what we refuse with the same message. Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import marshal
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from compare_code import CODE
from oracle import HERE, become_oracle

SAMPLES = [
    None, True, False, ..., StopIteration, 0, 1, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**62, 2**63 - 1, 2**63, -2**63,
    2**64, -2**64 - 1, 3**200, -7**99, 10**300, 0.0, -0.0, 1.5, 1e300, 5e-324, float("inf"), float("-inf"), float("nan"),
    0.1, 1 / 3, 1e16, 123456789012345680.0, 1e-5, 1j, -0.0 - 2j, complex(0.1, 1e300), b"", b"abc\x00\xff", "", "abc",
    "a b", "name", "ä", "日本", "\U0001f600", "\ud800x", "x" * 300, "é" * 300, (), (1,), (1, (2, ("x",))), tuple(range(300)),
    [], [1, [2, "a"]], {}, {1: 2, "a": [3]}, set(), {1}, frozenset(), frozenset({1}), frozenset({"a"}), bytes(range(256)),
    [("shared",) * 3] * 2, ("a", "a", "b" * 10, "b" * 10), bytearray(b"xyz"),
]


def sources():
    yield "def f(a, b=1, *c, d, **e):\n    'doc'\n    x = lambda: (a, d)\n    return [y for y in c if y in {1, 2, 'z'}], x\n"
    yield "class C:\n    async def g(self):\n        async with self as z:\n            yield b'q', 1e100, 2j, ..., 10**30\n"


def same(a, b, seen=None):
    """Equal in type and value, all the way down; data may contain itself."""
    seen = set() if seen is None else seen
    if type(a) is not type(b):
        return False
    if (id(a), id(b)) in seen:
        return True
    seen.add((id(a), id(b)))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y, seen) for x, y in zip(a, b))
    if isinstance(a, dict):
        return len(a) == len(b) and all(same(x, y, seen) for x, y in zip(a.items(), b.items()))
    if isinstance(a, (set, frozenset)):
        return sorted(map(repr, a)) == sorted(map(repr, b))
    if isinstance(a, CODE):
        names = [n for n in dir(a) if n.startswith("co_") and n != "co_lines"]
        return all(same(getattr(a, n), getattr(b, n), seen) for n in names)
    return repr(a) == repr(b)


def mutate(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if not data:
            break
        at = rng.randrange(len(data))
        kind = rng.randrange(5)
        if kind == 0:
            data[at] = rng.randrange(256)
        elif kind == 1:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del data[at:]
        elif kind == 3:
            del data[at:at + rng.randrange(1, 5)]
        else:
            data[at:at] = bytes([rng.choice(b"()[]{}<>0NTFS.ifgxylstruaAzZc") | rng.choice((0, 128))])
    return bytes(data)


ORACLE = """
import marshal, sys
for line in sys.stdin:
    data = bytes.fromhex(line)
    try:
        value = marshal.loads(data)
        print("ok", flush=True)
    except Exception as error:
        print(type(error).__name__ + ": " + ascii(str(error))[1:-1], flush=True)
"""


def ask_oracle(cases):
    """What CPython says of each case; it may die of one, which is then skipped."""
    answers = []
    while len(answers) < len(cases):
        rest = cases[len(answers):]
        run = subprocess.run([sys.executable, "-c", "import resource; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))" + ORACLE],
                             input="".join(case.hex() + "\n" for case in rest), stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)
        lines = run.stdout.split("\n")[:-1]
        answers += lines
        if len(lines) < len(rest):
            answers.append("died")
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--record", metavar="FILE", help="write the cases with CPython's answers: the unit tests' golden")
    parser.add_argument("--dissect", default=os.path.join(HERE, "..", ".build", "release", "dissect"))
    options = parser.parse_args()
    sys.setrecursionlimit(100000)
    rng = random.Random(options.seed)
    valid = [marshal.dumps(value, version) for value in SAMPLES for version in range(5)]
    valid += [marshal.dumps(compile(text, "f.py", "exec"), version) for text in sources() for version in (2, 3, 4)]
    recursive = []
    recursive.append(recursive)
    valid.append(marshal.dumps(recursive))
    valid += [b"(" + (1).to_bytes(4, "little")] + [b"[\x01\x00\x00\x00" * n + b"N" for n in (500, 1999, 2000, 2001, 100000)]
    cases = valid + [mutate(rng.choice(valid), rng) for _ in range(options.count)]
    if options.record:
        with open(options.record, "w") as file:
            for case, answer in zip(cases, ask_oracle(cases)):
                if answer != "died" and not answer.startswith("MemoryError") and len(case) < 2000:
                    file.write(f"{case.hex()}\t{answer}\n")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".hex") as file:
        file.write("".join(case.hex() + "\n" for case in cases))
        file.flush()
        run = subprocess.run([options.dissect, "_marshal", "--batch", file.name], stdout=subprocess.PIPE, text=True)
    if run.returncode:
        print(f"dissect ended with {run.returncode}")
    ours = run.stdout.split("\n")[:-1]
    theirs = ask_oracle(cases)
    wrong = skipped = 0
    for case, mine, their in zip(cases, ours, theirs):
        if their == "died" or their.startswith("MemoryError"):
            skipped += 1
            continue
        if mine.startswith("!"):
            kind, _, message = mine[1:].partition(": ")
            got = f"{kind}: {message}"
            if "could not convert string to float" in message:
                got, their = got.partition(": '")[0], their.partition(": \\'")[0].partition(": '")[0].partition(': "')[0]
            # CPython's text names a file and a line of its own.
            alike = got == their or (kind == "SystemError" and their.startswith("SystemError"))
        else:
            got = "ok"
            alike = their == "ok"
            if alike:
                try:
                    alike = same(marshal.loads(case), marshal.loads(bytes.fromhex(mine)))
                    got = "another value"
                except Exception as error:
                    alike, got = False, repr(error)
        if not alike:
            wrong += 1
            if wrong <= options.show:
                print(f"{case[:60].hex()}\n  CPython {their[:200]}\n  ours    {got[:200]}")
    print(f"{len(ours) - wrong - skipped} of {len(cases) - skipped} cases alike ({skipped} skipped: CPython died or ran out of memory)")
    sys.exit(1 if wrong or len(ours) != len(cases) else 0)


if __name__ == "__main__":
    become_oracle()
    main()
