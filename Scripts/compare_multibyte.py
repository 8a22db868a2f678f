#!/usr/bin/env python3
"""Compares the 24 East Asian codecs with CPython 3.10's, through the modules `_codecs_*` and `_multibytecodec`.

usage: Scripts/compare_multibyte.py [--taipan PATH] [--only ENCODING]... [--seed N] [--count N] [--show N]

One program runs under both interpreters and its lines are compared:
  encode  every code point, in rows of 256, unencodable ones escaped; each combination
  decode  every sequence of one and two bytes, every three bytes after 8F, every four bytes of GB 18030
  random  --count sequences and texts an encoding, valid and broken, with ten error handlers, start, end and reason
  pieces  the same cut at every place through the incremental types, states compared; the stream types
  errors  what the types and handlers refuse
Where there is no CPython, Tests/Scripts/east_asian_codecs.py holds recorded digests.
Exit code 0 if all agree, 1 if some differ, 77 without CPython 3.10.
"""
import argparse
import os
import subprocess
import sys

from oracle import become_oracle

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENCODINGS = """gb2312 gbk gb18030 hz big5 cp950 big5hkscs euc_kr cp949 johab iso2022_kr shift_jis cp932 euc_jp
euc_jis_2004 euc_jisx0213 shift_jis_2004 shift_jisx0213 iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004
iso2022_jp_3 iso2022_jp_ext""".split()
PAIRS = ["\u304b\u309a", "\u30ab\u309a", "\u30c8\u309a", "\u31f7\u309a", "\xe6\u0300", "\u0254\u0301", "\u02e9\u02e5",
         "\u02e5\u02e9", "\xca\u0304", "\xea\u030c", "\u304b", "\xca", "\u02e9", "\xe6", "\u309a", "\u0304"]
PIECES = [b"\x1b$B", b"\x1b$@", b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b$A", b"\x1b$(A", b"\x1b$(C", b"\x1b$(D", b"\x1b$(O",
          b"\x1b$(P", b"\x1b$(Q", b"\x1b$)C", b"\x1b.A", b"\x1b.F", b"\x1bN", b"\x1b&@\x1b$B", b"\x1b&@", b"\x1b", b"\x1b$",
          b"\x1b)B", b"\x1b(Z", b"\x1bA", b"\x1b$)A", b"\x1bx", b"\x1b" + b"(" * 17 + b"B", b"\x0e", b"\x0f", b"\n", b"~{",
          b"~}", b"~~", b"~\n", b"~", b"a", b"\\", b"$\"", b"0!", b"!)", b"\x80", b"\xff", b"\xa4\xd4", b"\x8f\xa2\xaf",
          b"\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xa1", b"\x810\x810", b"\x901\x812", b"\xfe9\xfe9", b"\x8e\xb1", b"\x84A", b"\x88f"]


def probe(only, seed, count):
    """The program that both interpreters run."""
    import codecs
    import hashlib
    import random

    def digest(value):
        if isinstance(value, str):
            value = value.encode("utf-8", "surrogatepass")
        return hashlib.md5(value).hexdigest()[:12]

    def show(section, function, *arguments):
        try:
            result = function(*arguments)
        except UnicodeError as error:
            result = (type(error).__name__, error.args)
        except Exception as error:
            result = (type(error).__name__, str(error))
        print(section, ascii(result))

    log = []

    def note(error):
        log.append((error.start, error.end, error.reason))
        return ("[%d]" % (error.end - error.start), error.end)

    def once(error):
        log.append((error.start, error.end))
        return ("\u3042", error.start + 1) if len(log) < 40 else ("", len(error.object))

    def back(error):
        log.append((error.start, error.end))
        return ("\uff1f", error.end - len(error.object)) if error.end < len(error.object) else ("z", error.end)

    def raw(error):
        return (b"\xfe\x1b", error.end) if isinstance(error, UnicodeEncodeError) else ("\ud800", error.end)

    def bad(error):
        return ("\ud800x", error.end + (error.start & 1))

    for name, function in (("x-note", note), ("x-once", once), ("x-back", back), ("x-raw", raw), ("x-bad", bad)):
        codecs.register_error(name, function)
    handlers = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "xmlcharrefreplace",
                "x-note", "x-once", "x-back", "x-raw", "x-bad"]

    for name in only:
        info = codecs.lookup(name)
        rng = random.Random(seed)
        known = [PAIRS[0], "a", "\n", "~", "\\", "\xa5"]
        for start in range(0, 0x110000, 0x100):
            text = "".join(map(chr, range(start, start + 0x100)))
            made = info.encode(text, "backslashreplace")[0]
            if made != text.encode("ascii", "backslashreplace"):
                known += text[::17]
                print(name, "encode", hex(start), digest(made), digest(info.encode(text, "ignore")[0]))
        known = [c for c in known if not "\ud800" <= c[0] <= "\udfff"]
        for pair in PAIRS:
            for other in PAIRS[::3]:
                show(name + " pair", info.encode, pair + other, "replace")
        for a in range(256):
            data = b"".join(bytes((a, b, 10, 10)) for b in range(256))
            log.clear()
            text = info.decode(data, "x-note")[0]
            print(name, "decode", hex(a), digest(text), digest(repr(log)))
        for b in range(128, 256):
            data = b"".join(bytes((0x8F, b, c, 10)) for c in range(256))
            log.clear()
            print(name, "decode 8f", hex(b), digest(info.decode(data, "x-note")[0]), digest(repr(log)))
        if name == "gb18030":
            for a in range(0x80, 256):
                for b in range(0x30, 0x3A):
                    data = b"".join(bytes((a, b, c, d)) for c in range(0x80, 256) for d in range(0x30, 0x3A))
                    log.clear()
                    print(name, "decode 4", hex(a), b, digest(info.decode(data, "x-note")[0]), digest(repr(log)))
        if name.startswith("iso2022") or name == "hz":
            for piece in PIECES:
                for a in range(0x20, 0x80):
                    data = piece + b"".join(bytes((a, b)) for b in range(0x20, 0x80))
                    log.clear()
                    print(name, "decode", piece, a, digest(info.decode(data, "x-note")[0]), digest(repr(log)))
        for number in range(count):
            parts = []
            for _ in range(rng.randrange(1, 7)):
                kind = rng.randrange(8)
                if kind < 3:
                    parts.append(rng.choice(PIECES))
                elif kind < 5:
                    parts.append(bytes(rng.choice((rng.randrange(256), rng.randrange(0x80, 256), rng.randrange(0x21, 0x7F)))
                                       for _ in range(rng.randrange(1, 5))))
                else:
                    parts.append("".join(rng.choices(known, k=3)).encode(name, "ignore"))
            data = b"".join(parts)
            pool = rng.choices(known, k=4) + [rng.choice(PAIRS), chr(rng.choice((rng.randrange(0x10000), rng.randrange(0x110000))))]
            text = "".join(rng.choice(pool) for _ in range(rng.randrange(1, 8)))
            errors = rng.choice(handlers)
            log.clear()
            show(f"{name} random {number} {data} {errors}", info.decode, data, errors)
            show(f"{name} random {number} {ascii(text)} {errors}", info.encode, text, errors)
            print(log)
            log.clear()
            for cut in range(len(data) + 1):
                decoder = info.incrementaldecoder(errors)
                show(f"{name} piece {cut}", lambda: (decoder.decode(data[:cut]), decoder.getstate(), decoder.decode(data[cut:], True),
                                                     decoder.getstate(), decoder.reset(), decoder.getstate()))
                show(f"{name} state", decoder.getstate)
            for cut in range(len(text) + 1):
                encoder = info.incrementalencoder(errors)
                show(f"{name} piece {cut}", lambda: (encoder.encode(text[:cut]), encoder.getstate(), encoder.encode(text[cut:], True),
                                                     encoder.getstate(), encoder.reset(), encoder.getstate()))
                show(f"{name} state", encoder.getstate)
                if number % 4 == 0:
                    state = encoder.getstate()
                    encoder = info.incrementalencoder(errors)
                    show(f"{name} set", lambda: (encoder.setstate(state), encoder.encode(text), encoder.getstate()))
            if number % 5 == 0:
                streams(name, info, data, text, errors, rng, show)
    if ENCODINGS[0] in only:
        refusals(show)


def streams(name, info, data, text, errors, rng, show):
    import io
    size = rng.choice((None, -1, 0, 1, 2, 5, 1000))
    for method in ("read", "readline", "readlines"):
        reader = info.streamreader(io.BytesIO(data), errors)
        for _ in range(5):
            show(f"{name} {method} {size}", getattr(reader, method), size)
        show(f"{name} reset", reader.reset)
    target = io.BytesIO()
    writer = info.streamwriter(target, errors)
    for c in text:
        show(f"{name} write", writer.write, c)
    show(f"{name} write", writer.writelines, list(text))
    show(f"{name} reset", writer.reset)
    print(target.getvalue())
    if errors in ("strict", "ignore", "replace"):
        wrapper = io.TextIOWrapper(io.BytesIO(), name, errors)
        show(f"{name} wrapper", wrapper.write, text)
        try:
            wrapper.flush()
            wrapper.seek(0)
            show(f"{name} wrapper", lambda: (wrapper.read(2), wrapper.tell(), wrapper.read(), wrapper.buffer.getvalue()))
        except Exception as error:
            print(type(error).__name__, error)


def refusals(show):
    import codecs
    import _codecs_jp
    import _multibytecodec
    codec = codecs.lookup("euc_jis_2004")
    for value in (5, None, "x", "cp932", "iso2022_jp", b"cp932"):
        show("getcodec", lambda: type(_codecs_jp.getcodec(value)).__name__)
    show("create", _multibytecodec.__create_codec, 1)
    show("new", type(_codecs_jp.getcodec("cp932")))
    for arguments in ((5,), (b"a",), ("a", 5), ("a", None), ("\ud800", "foo"), ("", "foo"), (), ("a", "b\0")):
        show("encode", codec.encode, *arguments)
    for arguments in ((5,), ("a",), (b"a", 5), (b"\xff", "foo"), (bytearray(b"\xa4"),), (memoryview(b"abcd")[::2],), (), (b"", 5)):
        show("decode", codec.decode, *arguments)
    answers = [1, ("a",), ("a", 1, 1), (b"a", 1), ("a", "1"), (5, 1), ("\ud800", 1), ("a", 5), ("a", -5), ("a", 0.5), ["a", 1],
               ("a", 1 << 70), ("a", True), (bytearray(b"a"), 1), ("\u304b", 1)]
    for answer in answers:
        codecs.register_error("x-answer", lambda error, answer=answer: answer)
        show(f"handler {answer!a}", codec.encode, "\ud800", "x-answer")
        show(f"handler {answer!a}", codec.decode, b"\xff", "x-answer")
    encoder, decoder = codec.incrementalencoder(), codec.incrementaldecoder()
    for state in (-1, 0, 1 << 200, (1 << 136) - 1, "x", None, 1.5, True, 255, 3, 9, 0x41424301, 0xFF02, 0x42424242424242424208):
        show(f"setstate {state}", lambda: (encoder.setstate(state), encoder.getstate(), encoder.encode("a", True)))
        show("getstate", encoder.getstate)
        encoder.reset()
    for state in (1, (b"", 0), (b"a",), (b"a", "b"), ("a", 0), (b"a" * 8, 0), (b"a" * 9, 0), (b"a", 1 << 64), (b"a", (1 << 64) - 1),
                  (b"a", -1), (bytearray(b"a"), 0), (b"a", 0, 0), [b"a", 0], None, (b"a", True)):
        show(f"setstate {state}", lambda: (decoder.setstate(state), decoder.getstate()))
        show("getstate", decoder.getstate)
        decoder.reset()
    for coder in (encoder, decoder):
        for value in (1, None, "foo", "a\0b", "strict"):
            show("errors", lambda: (setattr(coder, "errors", value), coder.errors))
        show("errors", lambda: delattr(coder, "errors"))
    for arguments in ((5,), (b"a",), ("\u304b", 5), ("\u304b", 0.5)):
        show("encode", encoder.encode, *arguments)
    for arguments in ((5,), ("a",), (memoryview(b"abcd")[::2],), (b"a", 0.5)):
        show("decode", decoder.decode, *arguments)
    for kind in ("IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter"):
        native = getattr(_multibytecodec, "Multibyte" + kind)
        for arguments in ((), (1,), ("strict",), (1, 2), (1, "x"), (1, "x", 3), ("a\0",)):
            show(kind, lambda: type(native(*arguments)).__name__)
            for value in (_codecs_jp.getcodec("cp932"), 5):
                derived = type("D", (native,), {"codec": value})
                show(kind, lambda: derived(*arguments).errors)
                show(kind, lambda: derived(*arguments, errors="x").errors)
        # CPython also lists the `__getattribute__` it inherits.
        show(kind, lambda: sorted(set(vars(native)) - {"__getattribute__"}))
        for key, member in sorted(vars(native).items()):
            if not key.startswith("__"):
                show(key, lambda: (member.__doc__, getattr(member, "__text_signature__", 0)))

    class Source:
        def __init__(self, *pieces):
            self.pieces = list(pieces)

        def read(self, *size):
            return self.pieces.pop(0)

        readline = read

    for pieces in ((b"\xa4\xa2\xa4", b"\xa4", b""), (b"\xff", b""), ("a",), (bytearray(b"a"),), (5,)):
        for size in (-1, 0, 1, None, "x", 1.5, 1 << 70, True):
            for method in ("read", "readline", "readlines"):
                show(f"{method} {size}", getattr(codec.streamreader(Source(*pieces)), method), size)
    for lines in (["a"], ("a",), "ab", 5, iter(["a"]), {"a"}, {0: "a"}, [5, b"a"]):
        import io
        writer = codec.streamwriter(io.BytesIO())
        show("writelines", writer.writelines, lines)
        show("stream", writer.stream.getvalue)
        show("stream", lambda: setattr(writer, "stream", 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taipan", default=os.path.join(ROOT, ".build", "release", "taipan"))
    parser.add_argument("--only", action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--probe", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    only = options.only or ENCODINGS
    if options.probe:
        probe(only, options.seed, options.count)
        return 0
    become_oracle()
    command = [os.path.abspath(__file__), "--probe", "--seed", str(options.seed), "--count", str(options.count)]
    differ = lines = 0
    for name in only:
        one = command + ["--only", name]
        runs = [subprocess.Popen([program, *one], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for program in (sys.executable, options.taipan)]
        (wanted, trouble), (given, ours) = [run.communicate() for run in runs]
        if runs[0].returncode:
            sys.exit("the oracle failed: " + trouble.decode())
        wanted, given = wanted.decode().splitlines(), given.decode().splitlines()
        shown = different = 0
        for i in range(max(len(wanted), len(given))):
            a = wanted[i] if i < len(wanted) else "(nothing)"
            b = given[i] if i < len(given) else "(nothing)"
            if a != b:
                different += 1
                if shown < options.show:
                    print("CPython:", a[:600])
                    print("Taipan: ", b[:600])
                    shown += 1
        if runs[1].returncode:
            different += 1
            print("exit code", runs[1].returncode, ours.decode(errors="replace")[-600:])
        print(f"{name}: {len(wanted)} lines, {different} differ", flush=True)
        lines += len(wanted)
        differ += different
    print(f"{len(only)} encodings, {lines} lines, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
