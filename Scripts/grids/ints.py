"""Ints: to_bytes and from_bytes, texts of every size and base, rounding, shifts, powers and division."""
import itertools
import operator
import random

from cases import Bad, Float, Index, Odd, call

random.seed(310)
VALUES = [0, 1, -1, 127, 128, -128, -129, 255, 256, 65535, 2**31 - 1, 2**31, -2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 10**30, True]
for value, length, order, signed in itertools.product(VALUES, [0, 1, 2, 3, 8, 9, 16], ["big", "little", "native", "", "BIG"], [False, True, 1, "x", ""]):
    call(f"({value}).to_bytes({length}, {order!r}, signed={signed!r})", value.to_bytes, length, order, signed=signed)
for length in (-1, 2**63, -2**63, 2**70, 1.5, "1", None, Index(2), Index(-1), Bad(), True):
    call(f"(5).to_bytes({length!r}, 'big')", (5).to_bytes, length, "big")
for arguments in ((), (1,), (1, "big", True), (1, 2), (1, None), (1, b"big")):
    call(f"(5).to_bytes{arguments}", (5).to_bytes, *arguments)
    call(f"int.from_bytes{arguments}", int.from_bytes, *arguments)
for keywords in ({"length": 2, "byteorder": "big"}, {"byteorder": "big"}, {"length": 2, "byteorder": "little", "signed": True}, {"nope": 1}, {"bytes": b"ab", "byteorder": "big"}, {"bytes": b"\xff", "byteorder": "big", "signed": Bad()}):
    call(f"(5).to_bytes(**{keywords})", lambda: (5).to_bytes(**keywords))
    call(f"int.from_bytes(**{keywords})", lambda: int.from_bytes(**keywords))
for source, order, signed in itertools.product([b"", b"\0", b"\xff", b"\x80\0", bytes(range(250, 256)), b"\xff" * 20, bytearray(b"\1\2"), memoryview(b"\1\2\3\4")[::2], [1, 2, 255], [256], [-1], ["a"], (1, 2), range(3), "ab", 5, None, iter([1]), Index(3), Odd(), Bad(), {1: 2}], ["big", "little", "x"], [False, True]):
    call(f"int.from_bytes({source!r}, {order!r}, signed={signed})", int.from_bytes, source, order, signed=signed)
for bits in (1, 29, 30, 31, 59, 60, 61, 63, 64, 65, 100, 127, 128, 500, 1000, 4000, 20000):
    for value in (2**bits, 2**bits - 1, -2**bits, random.getrandbits(bits), -random.getrandbits(bits)):
        for name, f in (("str", str), ("hex", hex), ("oct", oct), ("bin", bin), ("repr", repr), ("bit_length", int.bit_length), ("bit_count", int.bit_count), ("hash", hash)):
            call(f"{name} of {value if bits < 100 else bits}", f, value)
        for spec in ("d", ",", "_", "x", "_x", "#o", "_b", "+,d", "n", "e", "g", ".3f", "%", "030,d", "*>40x"):
            call(f"format({value if bits < 100 else bits}, {spec!r})", format, value, spec)
        call(f"text and back of {bits}", lambda: int(str(value)) == value and int(hex(value), 0) == value and int(oct(value), 8) == value)
        for digits in (0, 1, -1, -2, -3, -10, -20, -100, -7000):
            call(f"round({value if bits < 100 else bits}, {digits})", round, value, digits)
        for f in (float, complex):
            call(f"{f.__name__} of {value if bits < 100 else bits}", f, value)
for value in (0, 4, 5, 6, 15, 25, 35, 45, 55, 149, 150, 151, 250, 350, 1250, 12345, -5, -15, -25, 10**20 + 5, 5 * 10**25, 15 * 10**25):
    for digits in range(-30, 3):
        call(f"round({value}, {digits})", round, value, digits)
        call(f"round({-value}, {digits})", round, -value, digits)
SOME = [0, 1, -1, 2, -3, 7, 10, 64, -64, 2**30, -2**31, 2**63, 2**64 + 1, -2**70, 10**40, True, False, 1.5, float("inf"), 1j, "a", None, Index(3), Float(1.5)]
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "and_", "or_", "xor", "lshift", "rshift", "pow", "lt", "eq", "ge"):
    for a, b in itertools.product(SOME, SOME):
        if name == "mul" and "a" in (a, b) and any(isinstance(v, int) and v > 1000 for v in (a, b)):
            continue
        if name in ("pow", "lshift") and (isinstance(b, int) and abs(b) > 1000) and a not in (0, 1, -1):
            continue
        call(f"{name}({a!r}, {b!r})", getattr(operator, name), a, b)
for a, b, c in itertools.product([0, 1, -1, 2, 7, -5, 2**70, True, 1.5, "a", None], [0, 1, -1, 5, -3, 2**66, True, 1.5, None], [None, 0, 1, -1, 2, 7, -7, 2**64, 10**25, 1.5, "a"]):
    if c is None and (isinstance(b, int) and abs(b) > 100) and a not in (0, 1, -1):
        continue
    call(f"pow({a!r}, {b!r}, {c!r})", pow, a, b, c)
for keywords in ({"base": 2, "exp": 5}, {"base": 2, "exp": 5, "mod": 7}, {"exp": 5}, {"mod": 7}, {"base": 2, "exp": 5, "nope": 1}):
    call(f"pow(**{keywords})", lambda: pow(**keywords))
for a in (1, 2, 3, 10**17, 2**53 + 1, 2**60 - 1, 10**25, 7**90, 2**1100, 3**700):
    for b in (1, 3, 7, 2**53 + 1, 10**19, 3**70, 2**1000, 3**650):
        for x, y in ((a, b), (-a, b)):
            call(f"{a if a < 10**26 else 'big'} by {b if b < 10**26 else 'big'}", lambda: (x / y, divmod(x, y), x % y, pow(x, 5, y)))
for value in (5, -5, 2**64 % 1000003, True):
    for method in ("__trunc__", "__floor__", "__ceil__", "__invert__", "__neg__", "__pos__", "__abs__", "__bool__", "__index__", "__int__", "__float__", "__getnewargs__", "conjugate", "as_integer_ratio", "bit_length", "bit_count"):
        call(f"({value}).{method}()", getattr(value, method))
        call(f"({value}).{method}(1)", getattr(value, method), 1)
    for method in ("__add__", "__radd__", "__lshift__", "__rrshift__", "__divmod__", "__rdivmod__", "__floordiv__", "__truediv__", "__and__", "__ror__", "__eq__", "__lt__", "__pow__", "__rpow__"):
        for other in (0, 3, -1, 1.5, "a", None, True):
            call(f"({value}).{method}({other!r})", getattr(value, method), other)
for f in (bin, oct, hex, chr, ord, abs, hash, bool, float):
    for value in (Index(5), Index(-5), Index(2**70), Index("x"), Float(1.5), Bad(), Odd(), None, "a", "ab", b"a", b"ab", b"", "", bytearray(b"z"), 1.5, 1j, -1, 0x110000, 2**70, True):
        call(f"{f.__name__}({value!r})", f, value)
