"""Floats: repr, round, hex and fromhex, as_integer_ratio, comparisons, hashes and arithmetic at the edges."""
import itertools
import random
import struct

from cases import Bad, Float, Index, Odd, call

random.seed(310)
EDGES = [0.0, 1.0, 0.5, 0.1, 1.5, 2.5, 1e15, 1e16, 1e17, 123456789012345678.0, 9007199254740993.0, 1e22, 1e23, 1e-4, 1e-5, 1.1e-4, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 0.3, 2 / 3, 4503599627370496.5, 4503599627370495.5, float("inf"), float("nan")]
EDGES += [-x for x in EDGES]
RANDOM = [struct.unpack("<d", random.getrandbits(64).to_bytes(8, "little"))[0] for _ in range(3000)]
for x in EDGES + RANDOM:
    call(f"repr({x!r})", repr, x)
    call(f"({x!r}).hex()", x.hex)
    call(f"fromhex of ({x!r}).hex()", lambda: float.fromhex(x.hex()))
    call(f"({x!r}).as_integer_ratio()", x.as_integer_ratio)
    call(f"hash({x!r})", lambda: hash(x) if x == x else "nan")
    call(f"int({x!r})", int, x)
    call(f"is_integer({x!r})", x.is_integer)
    call(f"round({x!r})", round, x)
for x in EDGES + RANDOM[:300] + [random.uniform(-1000, 1000) for _ in range(300)]:
    for digits in (0, 1, 2, 3, 10, 15, 16, 17, 22, 23, 50, 308, 309, 323, 324, 400, -1, -2, -5, -15, -22, -100, -300, -308, -309, -400, 2**31, -2**31, 2**63, -2**63, 2**70, -2**70):
        call(f"round({x!r}, {digits})", round, x, digits)
for x in (1.25, 2, 10**30, True, 0.0):
    for digits in (None, True, Index(1), Index(2**70), 1.5, "1", Bad(), Odd(), [], 1j):
        call(f"round({x!r}, {digits!r})", round, x, digits)
        call(f"round({x!r}, ndigits={digits!r})", lambda: round(x, ndigits=digits))
        call(f"({x!r}).__round__({digits!r})", x.__round__, digits)
for text in itertools.product(["", "-", "+", " "], ["", "0x", "0X", "x", "0"], ["", "1", "1.", ".1", ".", "1.8", "a.bC", "ffffffffffffff", "0.00000000000000000000000001", "1" * 40, "g", "1_0", "inf", "nan", "infinity", "١"], ["", "p0", "p3", "P-3", "p+3", "p", "p-1074", "p-1075", "p-1076", "p1023", "p1024", "p99999999999999999999", "p-99999999999999999999", "p1.5", "px", "e3", " ", "\0"]):
    call(f"fromhex({''.join(text)!r})", float.fromhex, "".join(text))
for text in ("0x1.fffffffffffff7p1023", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff80000001p1023", "0x1.00000000000008p0", "0x1.000000000000080p0", "0x1.00000000000008000001p0", "0x1.00000000000018p0", "0x0.8p-1074", "0x0.80000001p-1074", "0x1.8p-1075", "0x.8", "0x8.", "0x" + "0" * 500 + "1p0", "0x1" + "0" * 500 + "p-2000", "0x0p99999", "\t0x1p0\n", "0x1p0x", "0x 1", "é", "\ud800"):
    call(f"fromhex({text!r})", float.fromhex, text)
for bad in (None, 5, b"0x1", [], Odd()):
    call(f"fromhex({bad!r})", float.fromhex, bad)
SOME = [0.0, -0.0, 1.0, -1.5, 2.5, 7.0, 1e300, -1e300, 5e-324, float("inf"), float("-inf"), float("nan"), 0, 1, -3, 2**53 + 1, 2**70, -10**400, True, 1j, "a", None, Index(3), Float(2.5)]
import operator  # noqa: E402
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lt", "le", "eq", "ne", "gt", "ge"):
    for a, b in itertools.product(SOME, SOME):
        if name == "pow" and isinstance(a, int) and isinstance(b, int) and (abs(a) > 10**6 or abs(b) > 100):
            continue
        call(f"{name}({a!r}, {b!r})", getattr(operator, name), a, b)
for a, b in itertools.product(SOME, SOME):
    call(f"divmod({a!r}, {b!r})", divmod, a, b)
for method in ("__add__", "__radd__", "__divmod__", "__rdivmod__", "__pow__", "__rpow__", "__eq__", "__lt__", "__floordiv__", "__mod__", "__rmod__", "__truediv__"):
    for a in SOME[:12]:
        for b in SOME:
            call(f"({a!r}).{method}({b!r})", lambda: getattr(a, method)(b) if not (isinstance(b, int) and abs(b) > 10**300 and "pow" in method) else None)
for kind in ("double", "float", "", "DOUBLE", None, 5, b"double"):
    call(f"__getformat__({kind!r})", float.__getformat__, kind)
