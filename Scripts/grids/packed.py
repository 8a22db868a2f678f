"""struct with every format character and every error; array with every typecode."""
import array
import itertools
import struct

from cases import Bad, Float, Index, Odd, call

CHARACTERS = "xcbB?hHiIlLqQnNefdspP"
VALUES = [0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769, 65536, 2**31 - 1, 2**31, -2**31 - 1, 2**32, 2**63 - 1, 2**63, -2**63 - 1, 2**64, 1.5, -0.0, 1e40, 65504.0, 65520.0, 6e-8, float("nan"), float("inf"), True, None, "a", b"a", b"ab", b"", bytearray(b"q"), Index(3), Index(2**70), Float(2.5), Bad(), Odd(), [], 1j, memoryview(b"m")]
ORDERS = ["", "@", "=", "<", ">", "!"]
for order, character, value in itertools.product(ORDERS, CHARACTERS, VALUES):
    call(f"pack({order + character!r}, {value!r})", struct.pack, order + character, value)
for order, character in itertools.product(ORDERS, CHARACTERS + "gzkuUw&#é "):
    for count in ("", "0", "1", "3", "10", " 2", "2 ", "99999999999999999999", "9223372036854775807"):
        form = order + count + character
        if count == "0" and character == "p":
            continue  # CPython makes a SystemError of it.
        call(f"calcsize({form!r})", struct.calcsize, form)
        if len(count) > 5:
            continue
        call(f"pack({form!r}) without", struct.pack, form)
        call(f"pack({form!r}, b'abc')", struct.pack, form, b"abc")
        call(f"pack({form!r}, 1, 2, 3)", struct.pack, form, 1, 2, 3)
        call(f"unpack({form!r})", lambda: struct.unpack(form, bytes(range(60, 60 + struct.calcsize(form)))))
        call(f"unpack({form!r}) of too few", lambda: struct.unpack(form, b"a"))
        call(f"iter_unpack({form!r})", lambda: list(struct.iter_unpack(form, b"abcdefgh" * 6)))
for form in ("", "@", "<", "ii", "bi", "ib", "bhil", "<bhil", "b0i", "ci", "bq", "xq", "3sx2p", "i i", " i", "<>i", "i<", "2i3h", "iP", "<P", "<n", ">N", "=n", "5", "3<i", "\0", "i\0", "é", b"ii", b"\xff", 5, None, ["i"], "b" * 100, "1000000s", "0s", "0p", "p", "1p", "255p", "256p", "?", "e", "2e", "<2d"):
    for data in (b"", bytes(8), bytes(16), b"\1" * 5, bytearray(4), memoryview(bytes(8)), memoryview(bytes(16))[::2], array.array("i", [1, 2]), "abcd", 5, None, [1, 2]):
        call(f"unpack({form!r}, {data!r})", struct.unpack, form, data)
        call(f"iter_unpack({form!r}, {data!r})", lambda: list(struct.iter_unpack(form, data)))
        for offset in (0, 1, -1, -4, 100, -100, 2**70, "a", None, 1.5, Index(2)):
            call(f"unpack_from({form!r}, {data!r}, {offset!r})", struct.unpack_from, form, data, offset)
    for offset in (0, 1, -1, -4, -8, 100, -100, 2**70, 2**63, "a", None, 1.5, Index(2)):
        for values in ((), (1,), (1, 2), ("a",), (300,)):
            def store():
                target = bytearray(b"." * 12)
                return struct.pack_into(form, target, offset, *values), target
            call(f"pack_into({form!r}, .., {offset!r}, *{values})", store)
    call(f"Struct({form!r})", lambda: (lambda s: (s.size, s.format))(struct.Struct(form)))
for target in (b"abcd", "abcd", 5, None, memoryview(b"abcd"), memoryview(bytearray(8))[::2], memoryview(bytearray(8)).cast("i"), array.array("i", [1, 2])):
    call(f"pack_into('i', {target!r}, 0, 1)", struct.pack_into, "i", target, 0, 1)
s = struct.Struct("<ih")
for label, use in (("pack", lambda: s.pack(1, 2)), ("pack few", lambda: s.pack(1)), ("pack many", lambda: s.pack(1, 2, 3)), ("unpack", lambda: s.unpack(b"123456")), ("unpack few", lambda: s.unpack(b"1")), ("from", lambda: s.unpack_from(b"12345678", 2)), ("from keywords", lambda: s.unpack_from(buffer=b"123456", offset=0)), ("into", lambda: s.pack_into(bytearray(3), 0, 1, 2)), ("into 2", lambda: s.pack_into(bytearray(8))), ("iter", lambda: list(s.iter_unpack(b"123456123456"))), ("iter bad", lambda: s.iter_unpack(b"12345")), ("iter empty", lambda: list(s.iter_unpack(b""))), ("init", lambda: s.__init__("q") or s.size),
                   ("iter zero", lambda: struct.iter_unpack("", b"")), ("length hint", lambda: struct.iter_unpack("b", b"abc").__length_hint__()), ("new", lambda: struct.Struct()), ("new 2", lambda: struct.Struct("i", "i")), ("pack no", lambda: struct.pack()), ("into no", lambda: struct.pack_into("i")), ("into no 2", lambda: struct.pack_into()), ("unpack no", lambda: struct.unpack("i")), ("calcsize no", lambda: struct.calcsize())):
    call(f"Struct {label}", use)

CODES = "bBuhHiIlLqQfd"
for code, value in itertools.product(CODES, VALUES):
    for name, use in (("[value]", lambda: array.array(code, [value])), ("append", lambda: (lambda a: (a.append(value), a))(array.array(code))), ("setitem", lambda: (lambda a: (a.__setitem__(0, value), a))(array.array(code, bytes(8)))), ("index", lambda: array.array(code, bytes(8)).index(value)), ("count", lambda: array.array(code, bytes(8)).count(value)), ("in", lambda: value in array.array(code, bytes(8))), ("remove", lambda: array.array(code, bytes(8)).remove(value)), ("insert", lambda: (lambda a: (a.insert(0, value), a))(array.array(code))), ("array", lambda: array.array(code, value) if not isinstance(value, int) else None), ("extend", lambda: array.array(code).extend(value)), ("frombytes", lambda: array.array(code).frombytes(value)), ("fromlist", lambda: array.array(code).fromlist(value)), ("fromunicode", lambda: array.array(code).fromunicode(value)), ("+", lambda: array.array(code) + value), ("==", lambda: array.array(code) == value), ("pop", lambda: array.array(code, bytes(8)).pop(value)), ("getitem", lambda: array.array(code, bytes(8))[value]), ("<", lambda: array.array(code) < value)):
        call(f"array {code} {name} {value!r}", use)
for first, second in itertools.product(CODES, CODES):
    for name, use in (("init", lambda: array.array(first, array.array(second, bytes(8)))), ("+", lambda: array.array(first, bytes(8)) + array.array(second, bytes(8))), ("==", lambda: array.array(first, bytes(8)) == array.array(second, bytes(8))), ("<", lambda: array.array(first, bytes(8)) < array.array(second, bytes(16))), ("extend", lambda: (lambda a: (a.extend(array.array(second, bytes(8))), a))(array.array(first))), ("slice", lambda: array.array(first, bytes(8)).__setitem__(slice(0, 1), array.array(second, bytes(8)))), ("frombytes", lambda: array.array(first).frombytes(array.array(second, bytes(8)))), ("view", lambda: memoryview(array.array(first, bytes(8))).cast("B").cast(second).tolist())):
        call(f"arrays {first} {second} {name}", use)
for code in list(CODES) + ["c", "x", "", "bb", "é", 5, None, b"b", "\0"]:
    for data in (None, "", "ab", b"", bytes(8), bytes(7), bytearray(8), [], [1, 2], (1,), range(3), iter([1]), "é", {1: 2}, memoryview(bytes(8)), 5, 1.5):
        call(f"array({code!r}, {data!r})", lambda: array.array(code, data) if data is not None else array.array(code))
    call(f"array {code!r} facts", lambda: (lambda a: (a.typecode, a.itemsize, len(a), a.tobytes(), a.tolist(), repr(a), a.__reduce_ex__(2)[1:], a.__reduce_ex__(4)[1:], a.byteswap(), a.buffer_info()[1]))(array.array(code, bytes(8))))
    call(f"array {code!r} byteswap", lambda: (lambda a: (a.byteswap(), a.tobytes()))(array.array(code, bytes(range(8)))))
INDEXES = [0, -1, 3, 4, -5, 2**70, "a", None, 1.5, Index(1), slice(1, 3), slice(None, None, 2), slice(None, None, -1), slice(3, 1), slice("a"), slice(0, 4, 0), (0,), Bad()]
for index in INDEXES:
    call(f"array[{index!r}]", lambda: array.array("i", [1, 2, 3, 4])[index])
    call(f"del array[{index!r}]", lambda: (lambda a: (a.__delitem__(index), a))(array.array("i", [1, 2, 3, 4])))
    for value in (9, "a", array.array("i", [7, 8]), array.array("b", [7]), [5], array.array("i"), array.array("i", [1, 2, 3, 4, 5]), None):
        call(f"array[{index!r}] = {value!r}", lambda: (lambda a: (a.__setitem__(index, value), a))(array.array("i", [1, 2, 3, 4])))
for name in ("append", "buffer_info", "byteswap", "count", "extend", "frombytes", "fromfile", "fromlist", "fromunicode", "index", "insert", "pop", "remove", "reverse", "tobytes", "tofile", "tolist", "tounicode", "__copy__", "__mul__", "__imul__", "__iadd__", "__rmul__", "__contains__", "__len__"):
    for arguments in ((), (1,), (1, 2), ("a",), (None,), (1, 2, 3), ([1],), (1.5,), (-1,)):
        call(f"array.{name}{arguments}", lambda: (lambda a: (getattr(a, name)(*arguments), a) if name != "buffer_info" or arguments else None)(array.array("i", [3, 1, 2])))
