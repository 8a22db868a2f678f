#!/usr/bin/env python3
"""Records what CPython 3.10 makes of the samples in Tests/Golden/code and of the opcode table.

    Scripts/record_code.py            writes the golden files
    Scripts/record_code.py --check    says whether they are what the oracle would write now; exit 1 if not

For each NAME.py: NAME.pyc and NAME.opt-2.pyc (marshalled code, no time stamp), NAME.dis (`dis.dis`, addresses zero), NAME.info
(`dis.code_info` of every code object), NAME.lines (co_lines, co_lnotab, line starts). Runs under the oracle.
"""
import dis
import io
import json
import marshal
import opcode
import os
import re
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from compare_code import CODE
from oracle import HERE, become_oracle

GOLDEN = os.path.join(HERE, "..", "Tests", "Golden", "code")


def walk(code):
    yield code
    for item in code.co_consts:
        if isinstance(item, CODE):
            yield from walk(item)


def plain(text):
    return re.sub(r"at 0x[0-9a-f]+,", "at 0x0,", text).encode("utf-8", "surrogatepass")


def sample(name):
    with open(os.path.join(GOLDEN, name + ".py"), "rb") as file:
        source = file.read()
    header = b"\x6f\x0d\x0d\x0a" + bytes(12)
    code = compile(source, name + ".py", "exec", dont_inherit=True, optimize=0)
    optimised = compile(source, name + ".py", "exec", dont_inherit=True, optimize=2)
    listing = io.StringIO()
    dis.dis(code, file=listing)
    lines = [
        {"name": c.co_name, "lines": [list(r) for r in c.co_lines()], "lnotab": c.co_lnotab.hex(),
         "starts": [list(s) for s in dis.findlinestarts(c)]}
        for c in walk(code)
    ]
    yield name + ".pyc", header + marshal.dumps(code)
    yield name + ".opt-2.pyc", header + marshal.dumps(optimised)
    yield name + ".dis", plain(listing.getvalue())
    yield name + ".info", plain("\n\n".join(map(dis.code_info, walk(code))) + "\n")
    yield name + ".lines", ("[\n" + ",\n".join(map(json.dumps, lines)) + "\n]\n").encode()


def opcodes():
    """number, name, kind of argument, then for several arguments the effect without and with the jump taken."""
    kinds = ["hasconst", "hasname", "haslocal", "hasfree", "hascompare", "hasjrel", "hasjabs"]
    rows = []
    for name, number in sorted(opcode.opmap.items(), key=lambda item: item[1]):
        kind = next((k for k in kinds if number in getattr(opcode, k)), "number" if number >= 90 else "none")
        effects = []
        for argument in [0, 1, 2, 3, 4, 5, 8, 15, 255, 256, 257, 1000]:
            value = argument if number >= 90 else None
            pair = [dis.stack_effect(number, value, jump=j) for j in (False, True, None)]
            effects.append(f"{argument}:{pair[0]},{pair[1]},{pair[2]}")
        rows.append("\t".join([str(number), name, kind] + effects))
    return ("\n".join(rows) + "\n").encode()


def main():
    if "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return 0
    warnings.simplefilter("ignore")
    files = {"opcodes.tsv": opcodes()}
    for entry in sorted(os.listdir(GOLDEN)):
        if entry.endswith(".py"):
            files.update(sample(entry[:-3]))
    stale = []
    for name, data in files.items():
        path = os.path.join(GOLDEN, name)
        if "--check" in sys.argv:
            with open(path, "rb") as file:
                old = file.read()
            if name.endswith(".pyc"):
                # Reference flags depend on who else holds an object.
                same = marshal.loads(old[16:]) == marshal.loads(data[16:])
            else:
                same = old == data
            if not same:
                stale.append(name)
        else:
            with open(path, "wb") as file:
                file.write(data)
    print(f"{len(files)} golden files" + (f", stale: {', '.join(stale)}" if stale else ""))
    return 1 if stale else 0


if __name__ == "__main__":
    become_oracle()
    sys.exit(main())
