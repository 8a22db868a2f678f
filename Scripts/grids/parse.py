"""int(), float(), complex() of texts, bytes and odd objects: underscores, digits of other scripts, white space, bases, sizes."""
import itertools

from cases import Bad, Float, Index, Odd, call

SIGNS = ["", "+", "-", "+-", "- "]
PREFIXES = ["", "0x", "0X", "0b", "0o", "0O", "0", "00", "0x_", "_", "0_", "0z", "x"]
DIGITS = ["", "0", "1", "7", "8", "12", "1_2", "1__2", "_1", "1_", "ff", "zZ", "9" * 25, "1" * 400, "1.5", "1e5", "١٢", "１２", "𝟏", "²", "½", "1\0", "1 2", "é", "\ud800", "1L", "0b1", "0x1", "00", "1,000"]
SPACES = [("", ""), (" ", " "), ("\t\n", "\r\v\f"), ("\x1c\x1f", "\x85\xa0"), ("\u2003", "\u3000"), ("\u200b", ""), ("\0", ""), ("", "\0"), ("\ufeff", "")]
BASES = [0, 2, 8, 10, 16, 36]


def conversions(text, bases=()):
    call(f"int({text!r})", int, text)
    for base in bases:
        call(f"int({text!r}, {base!r})", int, text, base)


for sign, prefix, digits in itertools.product(SIGNS, PREFIXES, DIGITS):
    text = sign + prefix + digits
    conversions(text, BASES)
    for kind in (bytes, bytearray):
        try:
            conversions(kind(text, "utf-8"), (0, 16))
        except UnicodeError:
            pass
for (before, after), digits in itertools.product(SPACES, ["12", "-7", "", "0x1f", "1 2", "z"]):
    conversions(before + digits + after, BASES)
    conversions((before + digits + after).encode(), (0, 36))
for base in [-1, 1, 3, 7, 35, 37, 100, 2**31, 2**63, -2**63, 2**70, None, "10", 10.0, True, Index(16), Index(2**70), Bad(), Odd(), b"10"]:
    for text in ("12", "zz", "0", b"12", 12, 1.5, None, "", Index(3)):
        call(f"int({text!r}, {base!r})", int, text, base)
        call(f"int({text!r}, base={base!r})", lambda: int(text, base=base))
for base in range(2, 37):
    for text in ("10", "z" * 30, "19" * 40, "0" * 50 + "1", "1_0" * 9, "-aB"):
        conversions(text, (base,))

FLOATS = ["", "0", "1", "1.", ".1", ".", "1.5", "1e5", "1E5", "1e+5", "1e-5", "1e", "e5", "1e5.5", "1e 5", "1_0.0_1", "1__0", "_1", "1_", "1_.5", "1._5", "1e_5", "1e5_", "1_e5", "1e1_0", "inf", "Inf", "INFINITY", "infinit", "infinityx", "nan", "NaN", "nan(123)", "nans", "i_nf", "1e400", "1e-400", "1e99999999999", "1e-99999999999",
          "0e99999999999", "0x1p3", "1.5f", "1.5d", "1,5", "١.٥", "１.５e３", "𝟏", "²", "é", "\ud800", "1\0", "\0", "1.5 2", "1..5", "1.5.5", "++1", "--1", "+ 1", "1" * 400, "0." + "1" * 400, "0" * 400 + "1.5", "1" + "0" * 400, "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.7976931348623159e308",
          "9007199254740993", "9007199254740992.9999999999", "0.1e1", "00001.5", "1e0005", "1e-0", "-", "+", "-.", "1-", "1e5-", "True", "None", "1j", "0b1"]
for sign, body in itertools.product(SIGNS, FLOATS):
    text = sign + body
    for (before, after) in SPACES:
        call(f"float({before + text + after!r})", float, before + text + after)
    for kind in (bytes, bytearray):
        try:
            value = kind(text, "utf-8")
        except UnicodeError:
            continue
        call(f"float({value!r})", float, value)
        call(f"float({value + b' '!r})", float, value + b" ")
    call(f"float(memoryview of {text[:30]!r})", lambda: float(memoryview(text.encode())))

PARTS = ["", "0", "1", "1.5", "-1.5e-3", "inf", "-nan", "1_0", "1e400", ".", "é", "١", "1_", "_1", "e5"]
for real, join, imaginary, unit in itertools.product(PARTS, ["", "+", "-", " + ", "+-"], PARTS, ["j", "J", "", "jj", "i", " j"]):
    call(f"complex({real + join + imaginary + unit!r})", complex, real + join + imaginary + unit)
for text in ("1+2j", "j", "nan", "x", "", "(", ")"):
    for before, after in [("(", ")"), (" (", ") "), ("( ", " )"), ("((", "))"), ("(", ""), ("", ")"), ("(\t", "\n)"), ("\u2003", "\u3000"), ("\0", ""), ("", "\0"), ("()", "")]:
        call(f"complex({before + text + after!r})", complex, before + text + after)


class Complex:
    def __init__(self, value): self.value = value
    def __complex__(self): return self.value
    def __repr__(self): return f"Complex({self.value!r})"


class Int:
    def __init__(self, value): self.value = value
    def __int__(self): return self.value
    def __repr__(self): return f"Int({self.value!r})"


class Trunc:
    def __init__(self, value): self.value = value
    def __trunc__(self): return self.value
    def __repr__(self): return f"Trunc({self.value!r})"


SubInt, SubFloat, SubComplex, SubStr = (type(n, (b,), {}) for n, b in (("SubInt", int), ("SubFloat", float), ("SubComplex", complex), ("SubStr", str)))
OBJECTS = [None, True, 0, -1, 2**70, 10**400, 1.5, float("inf"), float("nan"), 1e308, 1j, 1 + 0j, "12", b"12", bytearray(b"12"), memoryview(b"12"), [], [1], (), {}, int, len, Odd(), Bad(), Index(5), Index(2**70), Index("x"), Index(1.5), Float(2.5), Float(1), Float("x"), Float(SubFloat(2.5)), Int(5), Int(1.5), Int("5"), Int(SubInt(5)), Int(True),
           Trunc(5), Trunc(2.5), Trunc("x"), Trunc(Index(4)), Trunc(Int(4)), Complex(1j), Complex(2), Complex(SubComplex(3j)), Complex("x"), SubInt(9), SubFloat(0.5), SubComplex(1j), SubStr("44"), SubStr("x"), range(3), ..., NotImplemented]
for value in OBJECTS:
    for kind in (int, float, complex, bool, SubInt, SubFloat, SubComplex):
        call(f"{kind.__name__}({value!r})", kind, value)
        call(f"{kind.__name__}.__new__(.., {value!r})", kind.__new__, kind, value)
        call(f"type of {kind.__name__}({value!r})", lambda: type(kind(value)).__name__)
    for other in OBJECTS[::3]:
        call(f"complex({value!r}, {other!r})", complex, value, other)
        call(f"complex({other!r}, {value!r})", complex, other, value)
        call(f"int({value!r}, {other!r})", int, value, other)
for kind in (int, float, complex, bool):
    for arguments in ((), (1, 2), (1, 2, 3), ("1", 2, 3)):
        call(f"{kind.__name__}{arguments}", kind, *arguments)
    for keywords in ({"x": 1}, {"base": 2}, {"real": 1}, {"imag": 2}, {"real": 1, "imag": 2}, {"x": 1, "y": 2}, {"real": "1", "imag": 2}, {"real": 1, "imag": "2"}):
        call(f"{kind.__name__}(**{keywords})", lambda: kind(**keywords))
        call(f"{kind.__name__}(1, **{keywords})", lambda: kind(1, **keywords))
        call(f"{kind.__name__}('1', **{keywords})", lambda: kind("1", **keywords))
