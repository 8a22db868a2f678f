#!/usr/bin/env python3
"""Compares PyUnicode with the oracle: all 0x110000 code points, names, normal forms, codecs, hashes.

usage: Scripts/compare_unicode.py [--help] [--record] [--seed N] [--count N]

Computes the oracle's answers, checks that the recorded ones in Tests/Golden/unicode still are the oracle's, and runs
`swift test --filter PyUnicodeTests`, which compares Taipan's with them. With --seed the codec vectors are fresh ones
(COUNT per codec) passed to the tests through TAIPAN_CODEC_VECTORS. --record writes the golden files.
"""
import _codecs
import _sre
import codecs
import encodings.aliases
import importlib
import os
import pkgutil
import random
import struct
import subprocess
import sys
import tempfile
import unicodedata as ud
import zlib

from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "Tests", "Golden", "unicode")
ALL = range(0x110000)
# The registry lower-cases names, so the alias `csHPRoman8` is never found.
ALIASES = sorted((a, m) for a, m in encodings.aliases.aliases.items() if a.islower())


def utf8(text):
    return text.encode("utf-8", "surrogatepass")


def line_sum(lines):
    crc = 0
    for line in lines:
        crc = zlib.crc32(utf8(line + "\n"), crc)
    return crc


def flags(c):
    s = chr(c)
    bits = [s.isalpha(), s.isdecimal(), s.isdigit(), s.isnumeric(), s.isalnum(), s.isspace(),
            len(("a" + s + "a").splitlines()) == 2, s.isprintable(), s.isidentifier(), ("a" + s).isidentifier(),
            s.isupper(), s.islower(), s.istitle() and not s.isupper()]
    return "".join("01"[b] for b in bits)


def pool():
    return [c for c in ALL if ud.combining(chr(c)) or ud.decomposition(chr(c)) or 0x1100 <= c < 0x1200
            or 0xAC00 <= c < 0xAC40]


def sequences():
    """The pseudo-random sequences over `pool` that the tests make too."""
    chars, x = pool(), 42
    for _ in range(50000):
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        length, text = 1 + (x >> 33) % 8, []
        for _ in range(length):
            x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
            text.append(chr(chars[(x >> 33) % len(chars)]))
        yield "".join(text)


def charmaps():
    for name in sorted(m.name for m in pkgutil.iter_modules(encodings.__path__)):
        if name not in ("mbcs", "oem"):
            table = getattr(importlib.import_module("encodings." + name), "decoding_table", None)
            if isinstance(table, str):
                yield name, table


def checksums():
    out = {
        "flags": line_sum(map(flags, ALL)),
        "simpleLower": line_sum("%x" % _sre.unicode_tolower(c) for c in ALL),
        "category": line_sum(ud.category(chr(c)) for c in ALL),
        "bidirectional": line_sum(ud.bidirectional(chr(c)) for c in ALL),
        "combining": line_sum(str(ud.combining(chr(c))) for c in ALL),
        "width": line_sum(ud.east_asian_width(chr(c)) for c in ALL),
        "mirrored": line_sum(str(ud.mirrored(chr(c))) for c in ALL),
        "decimal": line_sum(str(ud.decimal(chr(c), "-")) for c in ALL),
        "digit": line_sum(str(ud.digit(chr(c), "-")) for c in ALL),
        "numeric": line_sum("%x" % struct.unpack(">Q", struct.pack(">d", ud.numeric(chr(c), -99)))[0] for c in ALL),
        "decomposition": line_sum(ud.decomposition(chr(c)) for c in ALL),
        "name": line_sum(ud.name(chr(c), "-") for c in ALL),
        "repr": line_sum(repr(chr(c)) for c in ALL),
        "ascii": line_sum(ascii(chr(c) + "'") for c in ALL),
        "charmaps": line_sum(name + " " + " ".join("%x" % ord(c) for c in table) for name, table in charmaps()),
        "aliases": line_sum(a + " " + m for a, m in ALIASES),
    }
    for kind in ("lower", "upper", "title", "casefold"):
        out[kind] = line_sum(getattr(chr(c), kind)() for c in ALL)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        out[form] = line_sum(ud.normalize(form, chr(c)) for c in ALL)
        out[form + " sequences"] = line_sum(ud.normalize(form, s) for s in sequences())
        out[form + " is"] = line_sum(str(int(ud.is_normalized(form, s))) for s in sequences())
    return out


def hashes():
    program = ("for n in range(41):\n b = bytes(range(1, n + 1))\n print(hash(b), hash(b.decode('latin-1')),"
               " hash('\\u1234' * n), hash('\\U00012345' * n))")
    for seed in (0, 1, 42, 4294967295):
        run = subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": str(seed)}, text=True,
                             capture_output=True, check=True)
        yield from (f"{seed} {n} {line}" for n, line in enumerate(run.stdout.splitlines()))


LOG = []


def log_errors(e):
    LOG.append(f"{e.start},{e.end},{e.reason}")
    return ("\ufffd" if isinstance(e, UnicodeDecodeError) else "?"), e.end


codecs.register_error("log", log_errors)

DECODERS = {
    "utf8": (_codecs.utf_8_decode, True), "utf7": (_codecs.utf_7_decode, True),
    "utf16le": (_codecs.utf_16_le_decode, True), "utf16be": (_codecs.utf_16_be_decode, True),
    "utf32le": (_codecs.utf_32_le_decode, True), "utf32be": (_codecs.utf_32_be_decode, True),
    "escape": (_codecs.unicode_escape_decode, True), "rawescape": (_codecs.raw_unicode_escape_decode, True),
    "ascii": (_codecs.ascii_decode, False),
}
ENCODERS = {
    "utf8": _codecs.utf_8_encode, "utf7": _codecs.utf_7_encode, "utf16le": _codecs.utf_16_le_encode,
    "utf16be": _codecs.utf_16_be_encode, "utf32le": _codecs.utf_32_le_encode, "utf32be": _codecs.utf_32_be_encode,
    "escape": _codecs.unicode_escape_encode, "rawescape": _codecs.raw_unicode_escape_encode,
    "ascii": _codecs.ascii_encode, "latin1": _codecs.latin_1_encode,
}
SPICE = {
    "utf8": [b"\xe0", b"\xa0", b"\x80", b"\xbf", b"\xed", b"\xf0", b"\x90", b"\xf4", b"\x8f", b"\xc0", b"\xc3", b"\xff",
             b"abcdefgh", "\u20ac".encode(), "\U0001f600".encode(), "\xe9".encode()],
    "utf7": [b"+", b"-", b"A", b"+AGE-", b"+2D3eAA-", b"/", b"2AAA", b"z", b"~", b"\\", b"+-", b"\x80", b"3gA", b"=", b"+Ji"],
    "escape": [b"\\", b"\\x", b"41", b"\\u", b"0041", b"\\U", b"0010ffff", b"\\N", b"{", b"}", b"BULLET", b"\\n", b"\\\n", b"\\7",
               b"\\777", b"q", b"\\N{DIGIT ONE}", b"\xe9", b"\\\\", b"\\'"],
    "utf16": [b"\x00\xd8", b"\xd8\x00", b"\x00\xdc", b"\xdc\x00", b"a\x00", b"\x00a", b"\xff", b"\xfe\xff"],
    "utf32": [b"\0\0\0a", b"a\0\0\0", b"\0\x11\0\0", b"\0\0\x11\0", b"\0\xd8\0\0", b"\0\0\xd8\0", b"\0", b"\x10"],
    "ascii": [b"\x80", b"abcdefghij", b"\xff"],
}
SPICE["rawescape"] = SPICE["escape"]
CHARS = ["a", "Z", "+", "-", "/", "\\", "~", " ", "\n", "\t", "'", "\0", "\x7f", "\x80", "\xe9", "\u0101", "\u20ac", "\ud800",
         "\udc00", "\udfff", "\uffff", "\U00010000", "\U0001f600", "\U0010ffff", "=", "0"]


def codec_vectors(seed, count):
    rng = random.Random(seed)
    for name, (decode, stateful) in sorted(DECODERS.items()):
        spice = SPICE.get(name) or SPICE[name.rstrip("lbe")]
        for _ in range(count):
            data = b"".join(rng.choice(spice) if rng.random() < 0.9 else bytes([rng.randrange(256)])
                            for _ in range(rng.randrange(1, 8)))
            for final in (True, False) if stateful else (True,):
                LOG.clear()
                import warnings
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    text, used = decode(data, "log", final) if stateful else decode(data, "log")
                yield "\t".join(["decode", name, "01"[final], data.hex(), utf8(text).hex(), str(used), ";".join(LOG)])
    for name, encode in sorted(ENCODERS.items()):
        for _ in range(count):
            text = "".join(rng.choice(CHARS) if rng.random() < 0.95 else chr(rng.randrange(0x110000))
                           for _ in range(rng.randrange(1, 9)))
            LOG.clear()
            data, used = encode(text, "log")
            yield "\t".join(["encode", name, "1", utf8(text).hex(), data.hex(), str(used), ";".join(LOG)])


def main():
    args = sys.argv[1:]
    if "--help" in args or "-h" in args:
        print(__doc__)
        return 0
    become_oracle()
    value = lambda key, default: int(args[args.index(key) + 1]) if key in args else default
    files = {
        "checksums.txt": ["%s\t%08x" % item for item in checksums().items()],
        "hashes.txt": list(hashes()),
        "encodings.txt": [name for name, _ in charmaps()]
        + [a + " " + m for a, m in ALIASES],
        "codecs.txt": list(codec_vectors(0, 120)),
    }
    os.makedirs(GOLDEN, exist_ok=True)
    bad = 0
    for name, lines in files.items():
        path, text = os.path.join(GOLDEN, name), "\n".join(lines) + "\n"
        if "--record" in args:
            with open(path, "w") as f:
                f.write(text)
        else:
            with open(path) as f:
                same = f.read() == text
            bad += not same
            print(name, "equals the oracle" if same else "DIFFERS from the oracle")
    if "--record" in args:
        return 0
    env = dict(os.environ)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as vectors:
        if "--seed" in args:
            lines = list(codec_vectors(value("--seed", 1), value("--count", 5000)))
            vectors.write("\n".join(lines) + "\n")
            vectors.flush()
            env["TAIPAN_CODEC_VECTORS"] = vectors.name
            print(len(lines), "fresh codec vectors")
        test = subprocess.run(["swift", "test", "-c", "release", "--filter", "PyUnicodeTests"], cwd=ROOT, env=env)
    return 1 if bad or test.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
