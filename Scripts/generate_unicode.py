"""Writes Sources/PyUnicode/Generated/*.swift from what the oracle's `unicodedata` and `str` methods answer.

usage: python3.10 Scripts/generate_unicode.py [--help] [--check]

Run it under CPython 3.10 (Unicode 13.0). --check writes nothing and exits 1 if a file would change.
The data are string literals of 7-bit units: a field wider than 7 bits is stored big-endian in several units, so
that a table is read in place, without decoding and without an initialiser. Layouts: Sources/PyUnicode/README.md.
"""
import collections
import importlib
import os
import pkgutil
import sys
import unicodedata as ud
from fractions import Fraction

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUT = os.path.join(ROOT, "Sources", "PyUnicode", "Generated")
ALIASES = os.path.join(ROOT, "Scripts", "data", "unicode-aliases.tsv")
LIMIT = 0x110000
BLOCK = 128

CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()
BIDI = " L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split(" ")
WIDTHS = "F H W Na A N".split()

FLAGS = ("alpha decimal digit numeric space lineBreak printable xidStart xidContinue upper lower title cased "
         "caseIgnorable special alnum").split()
FLAG = {name: 1 << i for i, name in enumerate(FLAGS)}


def units(value, width):
    """`value` as `width` 7-bit units, big-endian."""
    assert 0 <= value < 1 << (7 * width), (value, width)
    return bytes((value >> (7 * (width - 1 - i))) & 0x7F for i in range(width))


def literal(data):
    """`data` (7-bit units) as the lines of a Swift multi-line string literal."""
    special = {0: "\\0", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\"}
    lines, line, width = [], [], 0
    for unit in data:
        text = special.get(unit) or (chr(unit) if 32 <= unit < 127 else "\\u{%x}" % unit)
        if width + len(text) > 150:
            if line[-1] == " ":
                line[-1] = "\\u{20}"
            lines.append("".join(line))
            line, width = [], 0
        line.append(text)
        width += len(text)
    if line and line[-1] == " ":
        line[-1] = "\\u{20}"
    lines.append("".join(line))
    return "\\\n".join(lines)


class Output:
    def __init__(self):
        self.changed = []

    def write(self, name, doc, blobs, constants=()):
        text = ["// Made by Scripts/generate_unicode.py from CPython 3.10's Unicode 13.0 data; do not edit.",
                "// " + doc, "", f"extension {name} {{"]
        for key, value in constants:
            text.append(f"    static var {key}: Int {{ {value} }}")
        for key, data in blobs:
            text.append(f"    /// {len(data)} units.")
            text.append(f"    @inline(__always) static var {key}: StaticString {{")
            text.append(f'"""\n{literal(data)}\n"""')
            text.append("    }")
        text.append("}\n")
        self.put(os.path.join(OUT, name + ".swift"), "\n".join(text))

    def put(self, path, text):
        try:
            with open(path, encoding="utf-8") as f:
                if f.read() == text:
                    return
        except FileNotFoundError:
            pass
        self.changed.append(os.path.relpath(path, ROOT))
        if "--check" not in sys.argv:
            os.makedirs(OUT, exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)


def two_stage(values):
    """(stage1, stage2): block number per 128 code points, then two units per code point."""
    blocks, order, stage1 = {}, [], []
    for start in range(0, LIMIT, BLOCK):
        block = tuple(values[start:start + BLOCK])
        if block not in blocks:
            blocks[block] = len(order)
            order.append(block)
        stage1.append(blocks[block])
    return (b"".join(units(b, 2) for b in stage1),
            b"".join(units(v, 2) for block in order for v in block))


def records(rows):
    """Numbers the distinct rows: (index per row, rows in order). Row 0 is that of an unassigned code point."""
    numbers, order, out = {}, [], []
    for row in rows:
        if row not in numbers:
            numbers[row] = len(order)
            order.append(row)
        out.append(numbers[row])
    return out, order


def simple_lower(c):
    import _sre
    return _sre.unicode_tolower(c)


def type_tables(out):
    """Flags, case mappings, decimal, digit and numeric values."""
    numerics, specials, rows = {}, {}, []
    special_rows = []
    for c in range(LIMIT):
        s = chr(c)
        flags = 0
        for name, value in (
            ("alpha", s.isalpha()), ("decimal", s.isdecimal()), ("digit", s.isdigit()), ("numeric", s.isnumeric()),
            ("space", s.isspace()), ("lineBreak", len(("a" + s + "a").splitlines()) == 2),
            ("printable", s.isprintable()), ("xidStart", s.isidentifier()), ("xidContinue", ("a" + s).isidentifier()),
            ("upper", s.isupper()), ("lower", s.islower()), ("title", s.istitle() and not s.isupper()),
            ("alnum", s.isalnum()),
        ):
            if value:
                flags |= FLAG[name]
        # The final-sigma rule shows what is cased and what is ignorable.
        after_letter = ("A" + s + "\u03a3").lower()[-1] == "\u03c2"
        alone = (s + "\u03a3").lower()[-1] == "\u03c2"
        if alone:
            flags |= FLAG["cased"]
        elif after_letter:
            flags |= FLAG["caseIgnorable"]
        lower, upper, title, fold = s.lower(), s.upper(), s.title(), s.casefold()
        if c == 0x3A3:
            lower = "\u03c3"
        low = simple_lower(c)
        special = 0
        # The record's deltas hold the single mappings; everything else is in the special table.
        if not (len(lower) == len(upper) == len(title) == 1 and lower == chr(low) and fold == lower):
            flags |= FLAG["special"]
            key = (lower, upper, title, fold)
            if key not in specials:
                specials[key] = len(special_rows)
                special_rows.append(key)
            special = specials[key]
        deltas = (low - c, ord(upper) - c if len(upper) == 1 else 0, ord(title) - c if len(title) == 1 else 0)
        value = ud.numeric(s, None)
        number = 0
        if value is not None:
            f = Fraction(value).limit_denominator(1000)
            assert float(f) == value
            number = numerics.setdefault(f, len(numerics) + 1)
        rows.append((flags, deltas, ud.decimal(s, 127), ud.digit(s, 127), special, number))
    rows.insert(0, rows[0x378])  # an unassigned one is record 0
    index, order = records(rows)
    stage1, stage2 = two_stage(index[1:])
    data = b"".join(
        units(flags, 3) + b"".join(units(d + (1 << 20), 3) for d in deltas) + units(dec, 1) + units(digit, 1)
        + units(special, 2) + units(number, 2)
        for flags, deltas, dec, digit, special, number in order)
    special_data = b"".join(
        b"".join(units(len(m), 1) + b"".join(units(ord(m[i]) if i < len(m) else 0, 3) for i in range(3)) for m in row)
        for row in special_rows)
    assert all(f.denominator < 1 << 14 and abs(f) < 1 << 42 for f in numerics)
    numeric_data = b"".join(
        units(f < 0, 1) + units(abs(f.numerator), 6) + units(f.denominator, 2) for f in numerics)
    out.write("TypeTables", f"{len(order)} records, {len(special_rows)} special mappings, {len(numerics)} numeric values.",
              [("stage1", stage1), ("stage2", stage2), ("records", data), ("specials", special_data),
               ("numerics", numeric_data)])


def primary_compositions():
    pairs = {}
    for c in range(LIMIT):
        d = ud.decomposition(chr(c)).split()
        if len(d) == 2 and not d[0].startswith("<"):
            a, b = int(d[0], 16), int(d[1], 16)
            if ud.normalize("NFC", chr(a) + chr(b)) == chr(c):
                pairs[a, b] = c
    return pairs


def database_tables(out):
    """Category, bidirectional class, combining class, width, mirrored, quick-check bits."""
    pairs = primary_compositions()
    seconds = {b for _, b in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    rows = []
    for c in range(LIMIT):
        s = chr(c)
        qc = 0
        if ud.normalize("NFD", s) != s: qc |= 1
        if ud.normalize("NFKD", s) != s: qc |= 2
        if ud.normalize("NFC", s) != s: qc |= 4
        if ud.normalize("NFKC", s) != s: qc |= 8
        if c in seconds: qc |= 16
        rows.append((CATEGORIES.index(ud.category(s)), BIDI.index(ud.bidirectional(s)), ud.combining(s),
                     WIDTHS.index(ud.east_asian_width(s)) | ud.mirrored(s) << 3, qc))
    index, order = records(rows)
    stage1, stage2 = two_stage(index)
    data = b"".join(units(cat, 1) + units(bidi, 1) + units(ccc, 2) + units(width, 1) + units(qc, 1)
                    for cat, bidi, ccc, width, qc in order)
    out.write("DatabaseTables", f"{len(order)} records.",
              [("stage1", stage1), ("stage2", stage2), ("records", data)])
    return pairs


def old_tables(out):
    """What Unicode 3.2 (`ucd_3_2_0`) has otherwise."""
    old, rows = ud.ucd_3_2_0, []
    same, none = 127, 126
    corrections = []
    for c in range(LIMIT):
        s = chr(c)
        pairs = [(f(old, s), f(ud, s)) for f in (
            lambda u, s: CATEGORIES.index(u.category(s)), lambda u, s: BIDI.index(u.bidirectional(s)), lambda u, s: u.mirrored(s),
            lambda u, s: WIDTHS.index(u.east_asian_width(s)), lambda u, s: u.decimal(s, none), lambda u, s: u.numeric(s, none))]
        row = tuple(same if a == b else int(a) for a, b in pairs)
        assert all(a == b or a == int(a) < same for a, b in pairs)
        rows.append(None if all(x == same for x in row) else row)
        assigned = row[0] != 0
        assert old.combining(s) == (ud.combining(s) if assigned else 0)
        assert old.decomposition(s) == (ud.decomposition(s) if assigned else "")
        assert old.name(s, "") == (ud.name(s, "") if assigned else "") and old.digit(s, None) == ud.digit(s, None)
        if assigned and old.normalize("NFD", s) != ud.normalize("NFD", s):
            corrections.append((c, ord(old.normalize("NFD", s))))
    order = sorted({row for row in rows if row}, key=repr)
    runs, start = [], 0
    for c in range(1, LIMIT + 1):
        if c == LIMIT or rows[c] != rows[start]:
            if rows[start]:
                runs.append(units(start, 3) + units(c - 1, 3) + units(order.index(rows[start]), 1))
            start = c
    out.write("UCD3Tables", f"{len(runs)} runs of code points in which Unicode 3.2 differs, {len(order)} ways.",
              [("runs", b"".join(runs)), ("records", b"".join(bytes(row) for row in order)),
               ("corrections", b"".join(units(a, 3) + units(b, 3) for a, b in corrections))],
              [("runCount", len(runs)), ("correctionCount", len(corrections))])


TAGS = ["", "<noBreak>", "<compat>", "<super>", "<fraction>", "<font>", "<isolated>", "<initial>", "<final>",
        "<medial>", "<vertical>", "<circle>", "<sub>", "<wide>", "<square>", "<narrow>", "<small>"]


def decomposition_tables(out, pairs):
    """Raw decompositions (one step, with tag) and the primary composites."""
    entries, index, data, offsets = {}, [], bytearray(), [0]
    for c in range(LIMIT):
        d = ud.decomposition(chr(c))
        if not d:
            index.append(0)
            continue
        if d not in entries:
            parts = d.split()
            tag = TAGS.index(parts.pop(0)) if parts[0].startswith("<") else 0
            offsets.append(len(data))
            data += units(tag, 1) + units(len(parts), 1) + b"".join(units(int(p, 16), 3) for p in parts)
            entries[d] = len(offsets) - 1
        index.append(entries[d])
    stage1, stage2 = two_stage(index)
    composites = b"".join(units(a, 3) + units(b, 3) + units(c, 3) for (a, b), c in sorted(pairs.items()))
    out.write("DecompositionTables", f"{len(entries)} mappings, {len(pairs)} primary composites.",
              [("stage1", stage1), ("stage2", stage2), ("offsets", b"".join(units(o, 3) for o in offsets)),
               ("mappings", bytes(data)), ("composites", composites)], [("compositeCount", len(pairs))])


def name_tables(out):
    """Names as word codes, both directions. CJK ideographs and Hangul syllables are computed, not stored."""
    names = []  # (name, code points)
    ranges = []  # (first, count, first ordinal)
    for c in range(LIMIT):
        name = ud.name(chr(c), None)
        if name is None or name == "CJK UNIFIED IDEOGRAPH-%X" % c or name.startswith("HANGUL SYLLABLE "):
            continue
        if ranges and ranges[-1][0] + ranges[-1][1] == c:
            ranges[-1][1] += 1
        else:
            ranges.append([c, 1, len(names)])
        names.append((name, (c,)))
    primary = len(names)
    with open(ALIASES, encoding="utf-8") as f:
        extra = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    extra = [(name, tuple(int(x, 16) for x in codes.split())) for codes, name in extra]
    for name, codes in extra:
        assert ud.lookup(name) == "".join(map(chr, codes)), name
    aliases = [e for e in extra if len(e[1]) == 1]
    sequences = [e for e in extra if len(e[1]) > 1]
    names += aliases + sequences

    counts = collections.Counter(w for name, _ in names for w in name.split(" "))
    words = [w for w, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    short = next(n for n in range(1, 127) if n + (127 - n) * 128 < len(words) + 128) - 1
    assert short > 1 and short + (127 - short) * 128 >= len(words)
    # A unit 1...short is a word; above it, the first of two. 0 ends a name.
    codes = {}
    for i, w in enumerate(words):
        if i < short:
            codes[w] = units(i + 1, 1)
        else:
            high, low = divmod(i - short, 128)
            codes[w] = units(short + 1 + high, 1) + units(low, 1)
    phrases, offsets = bytearray(), []
    for i, (name, _) in enumerate(names):
        if i % 8 == 0:
            offsets.append(len(phrases))
        for w in name.split(" "):
            phrases += codes[w]
        phrases.append(0)
    word_offsets, text = [], bytearray()
    for w in words:
        word_offsets.append(len(text))
        text += w.encode("ascii")
    word_offsets.append(len(text))
    ordered = sorted(range(len(names)), key=lambda i: names[i][0])
    longest = max(len(name) for name, _ in names)
    out.write("NameTables", f"{primary} names, {len(aliases)} aliases, {len(sequences)} named sequences, {len(words)} words.",
              [("words", bytes(text)), ("wordOffsets", b"".join(units(o, 3) for o in word_offsets)),
               ("phrases", bytes(phrases)), ("phraseOffsets", b"".join(units(o, 3) for o in offsets)),
               ("ranges", b"".join(units(a, 3) + units(n, 3) + units(o, 3) for a, n, o in ranges)),
               ("sorted", b"".join(units(i, 3) for i in ordered)),
               ("aliasTargets", b"".join(units(c[0], 3) for _, c in aliases)),
               ("sequenceTargets", b"".join(
                   units(len(c), 1) + b"".join(units(c[i] if i < len(c) else 0, 3) for i in range(4))
                   for _, c in sequences))],
              [("shortWords", short), ("rangeCount", len(ranges)), ("primaryCount", primary),
               ("aliasCount", len(aliases)), ("nameCount", len(names)), ("longestName", longest)])


def charmap_tables(out):
    """Every single-byte charmap of the `encodings` package, and its aliases."""
    import encodings
    import encodings.aliases
    tables = {}
    modules = sorted(m.name for m in pkgutil.iter_modules(encodings.__path__))
    for name in modules:
        if name in ("mbcs", "oem"):
            continue
        module = importlib.import_module("encodings." + name)
        table = getattr(module, "decoding_table", None)
        if isinstance(table, str):
            tables[name] = table
    assert all(len(t) == 256 for t in tables.values())
    data = b"".join(units(ord(ch), 3) for name in sorted(tables) for ch in tables[name])
    listing = "".join(name + "\n" for name in sorted(tables)).encode()
    # alias, '=', module name; sorted by alias.
    pairs = dict(encodings.aliases.aliases)
    for name in modules:
        pairs.setdefault(name, name)
    aliases = "".join(f"{a}={m}\n" for a, m in sorted(pairs.items())).encode("ascii")
    out.write("CharmapTables", f"{len(tables)} charmaps, {len(pairs)} encoding names.",
              [("names", listing), ("tables", data), ("aliases", aliases)], [("count", len(tables))])


def main():
    if "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return 0
    assert sys.version_info[:2] == (3, 10) and ud.unidata_version == "13.0.0", "run under CPython 3.10"
    out = Output()
    type_tables(out)
    pairs = database_tables(out)
    decomposition_tables(out, pairs)
    name_tables(out)
    charmap_tables(out)
    old_tables(out)
    print("changed:", " ".join(out.changed) or "nothing")
    return 1 if out.changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
