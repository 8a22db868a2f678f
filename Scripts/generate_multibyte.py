#!/usr/bin/env python3
"""Writes Sources/PyUnicode/Generated/MultibyteTables.swift from what the oracle's East Asian codecs answer.

usage: Scripts/generate_multibyte.py [--help] [--check]

Every one-, two- and three-byte sequence is decoded and every code point encoded (a minute). --check writes nothing and
exits 1 if the file would change. Cells, tokens and recipes: Sources/PyUnicode/README.md, "Multibyte tables".
"""
import codecs
import os
import sys

from oracle import become_oracle

become_oracle()
from generate_unicode import OUT, ROOT, literal, units  # noqa: E402

NONE, LEAD, PAIR = 0x110000, 0x110001, 0x110002
DOUBLE, TRIPLE, CELLS = 256, 256 + 0x8000, 256 + 0x8000 + 0x4000

# Name, what its table begins as; the stream of differences follows. Order: a base comes first.
RECIPES = [
    ("gb2312", None), ("gbk", "gb2312"), ("gb18030", "gbk"),
    ("big5", None), ("cp950", "big5"), ("big5hkscs", "big5"),
    ("euc_kr", None), ("cp949", "euc_kr"), ("johab", ("johab", "euc_kr")),
    ("euc_jp", None), ("shift_jis", ("sjis", "euc_jp")), ("cp932", "shift_jis"),
    ("euc_jis_2004", "euc_jp"), ("euc_jisx0213", "euc_jis_2004"),
    ("shift_jis_2004", ("sjis2", "euc_jis_2004")), ("shift_jisx0213", "shift_jis_2004"),
]
# The rows of JIS X 0213's second plane, in the order in which Shift JIS packs them.
PLANE2 = [1, 8, 3, 4, 5, 12, 13, 14, 15] + list(range(78, 95))


def cell(sequence):
    if len(sequence) == 1:
        return sequence[0]
    if len(sequence) == 2:
        return DOUBLE + (sequence[0] & 0x7F) * 256 + sequence[1]
    assert sequence[0] == 0x8F and sequence[1] & sequence[2] & 0x80
    return TRIPLE + (sequence[1] & 0x7F) * 128 + (sequence[2] & 0x7F)


def code(at):
    """The bytes of a cell as a number, as the encoder writes them."""
    if at < DOUBLE:
        return at
    if at < TRIPLE:
        return 0x8000 + at - DOUBLE
    return 0x8F8080 + ((at - TRIPLE) >> 7 << 8) + (at - TRIPLE & 0x7F)


def decode_all(name, pairs):
    decode = codecs.getdecoder(name)
    table = [NONE] * CELLS

    def put(sequence):
        """Fills the cell; true if more bytes are asked for."""
        try:
            text = decode(sequence)[0]
        except UnicodeDecodeError as error:
            return error.reason.startswith("incomplete") and error.end == len(sequence)
        value = ord(text) if len(text) == 1 else PAIR + pairs.setdefault(text, len(pairs))
        table[cell(sequence)] = value
        return False

    for a in range(256):
        if not put(bytes([a])):
            continue
        table[a] = LEAD
        for b in range(256):
            if put(bytes([a, b])) and a == 0x8F:
                for c in range(0x80, 256):
                    put(bytes([a, b, c]))
    return table


def encode_all(name):
    encode = codecs.getencoder(name)
    found = {}
    for c in range(0x110000):
        try:
            made = encode(chr(c))[0]
        except UnicodeEncodeError:
            continue
        if len(made) < 4:
            found[c] = int.from_bytes(made, "big")
    return found


def begin(base, tables):
    """What a table is before its differences."""
    if isinstance(base, str):
        return list(tables[base])
    table = [c if c < 0x80 else NONE for c in range(CELLS)]
    for c in range(0x80, 0x100):
        table[c] = LEAD
    if base is None:
        return table
    layout, source = base[0], tables[base[1]]
    for row in range(94):
        for column in range(94):
            value = source[cell(bytes([0xA1 + row, 0xA1 + column]))]
            if layout == "johab":
                # Two rows a lead byte, trails 31-7E and 91-FE; hanja begin in row 42.
                if row < 9 or row > 40:
                    slot = row * 94 + column + (-42 * 94 + 7 * 188 if row > 40 else 0)
                    put_packed(table, 0xD9, slot, (0x31, 0x4E, 0x91), value)
            else:
                put_packed(table, 0x81, row * 94 + column, (0x40, 0x3F, 0x80), value)
    if layout == "sjis2":
        for order, row in enumerate(PLANE2):
            for column in range(94):
                value = source[cell(bytes([0x8F, 0xA0 + row, 0xA1 + column]))]
                put_packed(table, 0x81, (94 + order) * 94 + column, (0x40, 0x3F, 0x80), value)
    return table


def put_packed(table, lead, slot, trail, value):
    """188 characters a lead byte: `trail` is where trails begin, how many are in the first part, where the rest is."""
    first, count, second = trail
    high, low = divmod(slot, 188)
    byte = lead + high
    if trail[0] == 0x40 and byte > 0x9F:
        byte += 0x40
    if byte > 0xFF:
        return
    table[cell(bytes([byte, first + low if low < count else second + low - count]))] = value


def differences(old, new):
    """The tokens that turn one table into the other."""
    out = bytearray()
    value, at, index = 0, 0, 0
    changed = [i for i in range(CELLS) if old[i] != new[i]]
    while index < len(changed):
        i = changed[index]
        gap = i - at
        if 0 < gap <= 8:
            out += units(0x6F + gap, 1)
        elif gap:
            out += units(0x78, 1) + units(gap, 3)
        run = 1
        while index + run < len(changed) and changed[index + run] == i + run and new[i + run] == new[i] + run < NONE:
            run += 1
        step = new[i] - value
        same = 1
        while index + same < len(changed) and changed[index + same] == i + same and new[i + same] == new[i]:
            same += 1
        if step == 0 and same > 1:
            out += units(0x7A, 1) + units(same, 2)
            run = same
        elif step == 1 and run > 17:
            run = min(run, 16383)
            out += units(0x7B, 1) + units(run, 2)
            value += run
        elif step == 1 and run > 1:
            out += units(0x5E + run, 1)
            value += run
        else:
            run = 1
            value = new[i]
            if 0 < step <= 32:
                out += units(0x3F + step, 1)
            elif -4096 <= step < 4096:
                out += units(step + 4096, 2)
            else:
                out += units(0x79, 1) + units(value, 3)
        index += run
        at = i + run
    return bytes(out)


def apply(table, data):
    """As the Swift reader does it: proves the stream."""
    value = at = i = 0

    def take(n):
        nonlocal i
        r = 0
        for _ in range(n):
            r = r << 7 | data[i]
            i += 1
        return r

    while i < len(data):
        u = take(1)
        if 0x70 <= u < 0x78:
            at += u - 0x6F
        elif u == 0x78:
            at += take(3)
        elif u == 0x7A:
            for _ in range(take(2)):
                table[at] = value
                at += 1
        elif u == 0x7B or 0x60 <= u < 0x70:
            for _ in range(take(2) if u == 0x7B else u - 0x5E):
                value += 1
                table[at] = value
                at += 1
        else:
            value = take(3) if u == 0x79 else value + u - 0x3F if u >= 0x40 else value + (u << 7 | take(1)) - 4096
            table[at] = value
            at += 1
    return table


def main():
    if "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return 0
    pairs, tables, blobs = {}, {}, []
    for name, base in RECIPES:
        tables[name] = new = decode_all(name, pairs)
        old = begin(base, tables)
        stream = differences(old, new)
        assert apply(list(old), stream) == new, name
        inverse = {}
        for at, value in enumerate(new):
            if value < NONE:
                inverse.setdefault(value, code(at))
        wanted = encode_all(name)
        odd = [(c, wanted.get(c, 0)) for c in sorted(inverse.keys() | wanted.keys()) if inverse.get(c, -1) != wanted.get(c, -1)]
        exceptions = b"".join(units(c, 3) + units(number, 4) for c, number in odd)
        blobs += [(name, stream), (name + "_encode", exceptions)]
        print(f"{name}: {len(stream)} units, {len(odd)} encoding exceptions", file=sys.stderr)
    listing = b"".join(units(ord(c), 3) for text in pairs for c in text)
    blobs.append(("pairs", listing))
    assert all(len(text) == 2 for text in pairs)
    lines = ["// Made by Scripts/generate_multibyte.py from CPython 3.10's East Asian codecs; do not edit.",
             f"// {len(RECIPES)} tables, {len(pairs)} pairs.", "", "enum MultibyteTables {"]
    for name, data in blobs:
        parts = name.split("_")
        name = parts[0] + "".join(p.capitalize() for p in parts[1:])
        lines += [f"    /// {len(data)} units.", f"    @inline(__always) static var {name}: StaticString {{",
                  f'"""\n{literal(data) if data else ""}\n"""', "    }"]
    text = "\n".join(lines + ["}\n"])
    path = os.path.join(OUT, "MultibyteTables.swift")
    try:
        with open(path, encoding="utf-8") as f:
            same = f.read() == text
    except FileNotFoundError:
        same = False
    print("changed:", "nothing" if same else os.path.relpath(path, ROOT))
    if "--check" in sys.argv:
        return 0 if same else 1
    if not same:
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
