#!/usr/bin/env python3
"""Record arithmetic vectors from CPython 3.10 for Tests/PyNumericsTests.

usage: record_numerics.py [--help] [--scale N] [--seed N]      writes the vectors to standard output

Runs under the oracle:  Scripts/record_numerics.py > Tests/Golden/numerics.txt
--scale multiplies the number of random cases (default 1, about 6,000 lines); use a large one for a live comparison.
A line reads "name argument ... = result"; integers in hexadecimal, floats as their bit pattern.
"""
import cmath, math, random, struct, sys
from fractions import Fraction

from oracle import become_oracle


def bits(x):
    return "nan" if x != x else "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def raw(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def h(n):
    return "%x" % n


def out(name, *args):
    *given, result = args
    print(name, *given, "=", result)


def guarded(f):
    try:
        return f()
    except ZeroDivisionError:
        return "zero"
    except OverflowError:
        return "overflow"
    except ValueError:
        return "bad"


def digits(n, base):
    if n < 0:
        return "-" + digits(-n, base)
    if base == 10:
        return str(n)
    if n < base:
        return "0123456789abcdefghijklmnopqrstuvwxyz"[n]
    powers = [base]
    while powers[-1] <= n:
        powers.append(powers[-1] ** 2)

    def go(n, level):
        if level < 0:
            return "0123456789abcdefghijklmnopqrstuvwxyz"[n]
        a, b = divmod(n, powers[level])
        return go(a, level - 1) + go(b, level - 1)
    return go(n, len(powers) - 1).lstrip("0")


R = random.Random(1)


def integer(limit=2000):
    kind = R.randrange(8)
    size = R.choice([1, 8, 30, 31, 53, 54, 62, 63, 64, 65, 127, 128, 129, 192, 256, 300, 640, 1000, limit])
    size = R.randrange(1, size + 1)
    if kind == 0:
        n = (1 << size) - R.choice([0, 1, 2])
    elif kind == 1:
        n = (1 << size) + R.choice([0, 1])
    elif kind == 2:
        n = R.choice([0, 1, 2, 3, 10, 255, 2**63, 2**64 - 1, 2**64, 2**61 - 1, 2**61])
    elif kind == 3:  # long runs of ones and zeros
        n, at = 0, 0
        while at < size:
            run = R.randrange(1, 90)
            if R.randrange(2):
                n |= ((1 << run) - 1) << at
            at += run
    else:
        n = R.getrandbits(size)
    return -n if R.randrange(2) else n


SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 1e16, 1e15, 9999999999999998.0, 1e22, 1e23, 5e-324, 2.2250738585072014e-308,
           2.225073858507201e-308, 1.7976931348623157e308, math.inf, -math.inf, math.nan, 123456789.0, 0.0001, 0.00001, 9.5, 99.5,
           0.05, 2**53 + 0.0, 2.0**63, 2.0**64, -2.0**63, 1e-7, 1e100, 100.0, 3.0, -3.0, 2.0, -2.0, 0.3, 4.35, 2.675, 1.005]


def real():
    k = R.randrange(8)
    if k == 0:
        return R.choice(SPECIAL)
    if k == 1:
        return struct.unpack("<d", struct.pack("<Q", R.getrandbits(64)))[0]
    if k == 2:
        return round(R.uniform(-1000, 1000), R.randrange(6))
    if k == 3:
        return float(R.randrange(-10**R.randrange(1, 18), 10**R.randrange(1, 18)))
    if k == 4:
        return R.randrange(-100, 100) / 2**R.randrange(12)
    if k == 5:
        return math.ldexp(R.getrandbits(R.randrange(1, 53)), R.randrange(-1090, 900))
    return R.gauss(0, 10.0**R.randrange(-5, 12))


def literal():
    def run(n):
        return "".join(R.choice("0123456789") + ("_" if R.randrange(30) == 0 else "") for _ in range(R.randrange(n)))
    k = R.randrange(10)
    if k == 0:
        return R.choice(["inf", "-INF", "nan", "Infinity", "+infinity", "infin", "1e", "e5", ".", "-", "1_000.0_1", "1__0", "_1", "1_", "1e5_0", "1_e5", "1._5", "0x10", "1e400", "-1e400", "1e-400", "1e-99999999999999999999", "1e99999999999999999999", "1.7976931348623158e308", "1.7976931348623159e308", "2.4703282292062327e-324", "2.4703282292062328e-324", "9007199254740993", "9007199254740992.99999999999999999", "+.5", "5.", "--5", "1e+5", "1e-5"])
    if k == 1:  # half way between doubles
        x = abs(math.ldexp(R.getrandbits(53) | 1 << 52, R.randrange(-60, 60)))
        f = Fraction(x) + Fraction(math.ulp(x)) / 2
        d = 1
        while f.denominator != 1:
            f *= 10
            d += 1
        return "%d%se-%d" % (f, R.choice(["", ".0", ".0000000000000000000000000000000000001"]), d - 1)
    if k < 5:
        return repr(abs(real())) + ("" if R.randrange(3) else "1")
    return R.choice(["", "-", "+"]) + run(25) + R.choice(["", ".", ".", "."]) + run(25) + R.choice(["", "e%d" % R.randrange(-330, 330), "E+%d" % R.randrange(30)])


def integers(n):
    for _ in range(n):
        a, b = integer(), integer()
        if R.randrange(10) == 0:
            a *= b
            a += R.choice([-1, 0, 1])
        out("add", h(a), h(b), h(a + b))
        out("sub", h(a), h(b), h(a - b))
        out("mul", h(a), h(b), h(a * b))
        out("divmod", h(a), h(b), guarded(lambda: "%x %x" % divmod(a, b)))
        out("mod", h(a), h(b), guarded(lambda: h(a % b)))
        out("and", h(a), h(b), h(a & b))
        out("or", h(a), h(b), h(a | b))
        out("xor", h(a), h(b), h(a ^ b))
        out("inv", h(a), h(~a))
        s = R.randrange(200)
        out("lsh", h(a), s, h(a << s))
        out("rsh", h(a), s, h(a >> s))
        out("gcd", h(a), h(b), h(math.gcd(a, b)))
        out("isqrt", h(abs(a)), h(math.isqrt(abs(a))))
        out("bits", h(a), "%d %d" % (a.bit_length(), a.bit_count()))
        out("hash", h(a), hash(a))
        base = R.choice([2, 3, 7, 8, 10, 10, 10, 16, 32, 36])
        out("str", h(a), base, digits(a, base))
        out("int", digits(abs(a), base), base, h(abs(a)))
        out("float", h(a), guarded(lambda: bits(float(a))))
        out("truediv", h(a), h(b), guarded(lambda: bits(a / b)))
        out("truediv", h(a), h(b >> 900), guarded(lambda: bits(a / (b >> 900))))
        f = float(a) + R.choice([0, 0.5, -1]) if abs(a) < 1 << 1000 and R.randrange(2) else real()
        out("cmpf", h(a), raw(f), "nan" if f != f else (a > f) - (a < f))
        e, m = integer(70), integer(300)

        def power():
            try:
                return h(pow(a, e, m))
            except ValueError as error:
                return "zero" if "argument cannot be 0" in str(error) else "inverse"
        out("powmod", h(a), h(e), h(m), power())
        if abs(a) < 1 << 300:
            e = R.randrange(12)
            out("pow", h(a), e, h(a ** e))


def large(n):
    for _ in range(n):
        x, y = R.choice([1500, 3000, 7000, 20000, 66000]), R.choice([500, 2100, 4100, 20000, 66000])
        a, b = integer(x) | R.getrandbits(x), integer(y) | R.getrandbits(y)
        if R.randrange(4) == 0:
            b = -b
        if R.randrange(4) == 0:
            a = a & ~((1 << x // 2) - 1)
        if R.randrange(4) == 0:
            a, b = abs(a) | ((1 << x // 3) - 1) << x // 2, abs(b) | ((1 << y // 3) - 1) << y // 2
        out("mul", h(a), h(b), h(a * b))
        out("sqr", h(a), "%x %x" % (a * a, a * a))
        out("divmod", h(a), h(b), guarded(lambda: "%x %x" % divmod(a, b)))
        c = a * b + R.choice([-1, 0, 1])
        out("divmod", h(c), h(b), guarded(lambda: "%x %x" % divmod(c, b)))
        base = R.choice([10, 10, 3, 36])
        out("str", h(a), base, digits(a, base))
        out("int", digits(abs(a), base), base, h(abs(a)))
        out("isqrt", h(abs(a)), h(math.isqrt(abs(a))))
        out("gcd", h(a % (1 << 4000)), h(b % (1 << 4000)), h(math.gcd(a % (1 << 4000), b % (1 << 4000))))
    for bits_ in (500, 1100, 2000, 3001):
        a, e, m = R.getrandbits(bits_), R.getrandbits(bits_), R.getrandbits(bits_) | 1
        out("powmod", h(a), h(e), h(m), h(pow(a, e, m)))
        m += 1
        out("powmod", h(a), h(e), h(m), h(pow(a, e, m)))


def floats(n):
    for x in SPECIAL:
        single(x)
    for _ in range(n):
        x, y = real(), real()
        single(x)
        out("fdivmod", raw(x), raw(y), guarded(lambda: "%s %s" % tuple(map(bits, divmod(x, y)))))
        out("fmod", raw(x), raw(y), guarded(lambda: bits(x % y)))

        def power():
            try:
                r = x ** y
            except OverflowError:
                if x < 0 and y != int(y):
                    return "complex"
                raise
            return "complex" if isinstance(r, complex) else bits(r)
        out("fpow", raw(x), raw(y), guarded(power))
        nd = R.choice([0, 1, 2, 3, 5, 15, 17, -1, -2, -5, 25, -20, 310, -309, 323, 324, -308])
        out("round", raw(x), nd, guarded(lambda: bits(round(x, nd))))
        type_ = R.choice("eEfFgG")
        precision = R.choice([0, 1, 2, 3, 6, 6, 10, 15, 16, 17, 18, 19, 20, 25, 50, 1100 if R.randrange(10) == 0 else 7])
        flags = R.choice(["", "", "#", "+", "#+"])
        out("format", raw(x), type_, precision, flags + "-", ("%" + flags + "." + str(precision) + type_) % x)
        s = literal()
        if s and " " not in s:
            out("parse", s, guarded(lambda: bits(float(s))))
        s = R.choice(["", "-"]) + R.choice(["0x", ""]) + "".join(R.choice("0123456789abcdef" * 2 + ".") for _ in range(R.randrange(1, 25))) + R.choice(["", "p%d" % R.randrange(-1150, 1100), "p+3", "p", "p_"])
        out("parsehex", s, guarded(lambda: bits(float.fromhex(s))))


def single(x):
    out("repr", raw(x), repr(x))
    out("hex", raw(x), x.hex())
    out("fhash", raw(x), hash(x) if x == x else "nan")
    out("toint", raw(x), h(int(x)) if math.isfinite(x) else "bad")
    out("ratio", raw(x), "%x %x" % x.as_integer_ratio() if math.isfinite(x) else "bad")


def complexes(n):
    for _ in range(n):
        a, b = complex(real(), real()), complex(real(), real())
        if R.randrange(3) == 0:
            b = complex(R.randrange(-20, 20), 0)
        if R.randrange(5) == 0:
            b = complex(R.uniform(-5, 5), R.uniform(-3, 3))
        out("crepr", raw(a.real), raw(a.imag), repr(a))
        out("chash", raw(a.real), raw(a.imag), hash(a) if a == a else "nan")

        def pair(f):
            def go():
                r = f()
                return bits(r.real) + " " + bits(r.imag)
            return guarded(go)
        args = [raw(v) for v in (a.real, a.imag, b.real, b.imag)]
        out("cmul", *args, pair(lambda: a * b))
        out("cdiv", *args, pair(lambda: a / b))
        out("cpow", *args, pair(lambda: a ** b))
        s = R.choice([repr(a), repr(a), str(a.real) + "j", "j", "+j", "-J", "1+j", "1-j", "(1)", "(1j", "1j1", "1+1", "1_0+2_0j", "1__0j", "1+_2j", "()", "infj", "nan+infj", "1e5+.5j", "+-1j", "1+2jj", literal() + "j", literal() + "+" + literal() + "j"])
        if " " not in s and s:
            out("cparse", s, pair(lambda: complex(s)))


def mathematics(n):
    def attempt(f):
        try:
            return f()
        except ValueError:
            return "domain"
        except OverflowError:
            return "range"
    edges = [-math.inf, -1.0, -0.0, 0.0, 1.0, math.inf, math.nan, 5e-324, -3e-310, 1e308, -1.7e308, 1e154, 710.0, -709.5, 1e-200]
    pairs = [(x, y) for x in edges for y in edges]
    pairs += [(real(), real()) for _ in range(n)]
    pairs += [(R.gauss(0, 3), R.gauss(0, 3)) for _ in range(n)]
    for x, y in pairs:
        z = complex(x, y)
        for name in "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh rect".split():
            f = cmath.rect if name == "rect" else getattr(cmath, name)

            def call():
                r = f(x, y) if name == "rect" else f(z)
                return bits(r.real) + " " + bits(r.imag)
            out("c." + name, raw(x), raw(y), attempt(call))
    for _ in range(n * 3):
        x = R.choice([real(), R.uniform(-180, 180), R.randrange(-30, 180) / 2, R.gauss(0, 5)])
        out("gamma", raw(x), attempt(lambda: bits(math.gamma(x))))
        out("lgamma", raw(x), attempt(lambda: bits(math.lgamma(x))))
        e = R.randrange(-2200, 2200)
        out("ldexp", raw(x), e, attempt(lambda: bits(math.ldexp(x, e))))
        out("mfrexp", raw(x), "%s %d" % (bits(math.frexp(x)[0]), math.frexp(x)[1]) if math.isfinite(x) else bits(x) + " 0")
        v = [real() if R.randrange(3) == 0 else R.gauss(0, 1) for _ in range(R.randrange(1, 9))]
        v2 = [w for w in v if math.isfinite(w)] or [1.0]
        try:
            s = bits(math.fsum(v if R.randrange(9) == 0 else v2))
        except OverflowError:
            s = "overflow"
        except ValueError:
            s = "bad"
        if s not in ("overflow", "bad"):
            out("fsum", *map(raw, v2), bits(math.fsum(v2)))
        out("norm", *map(raw, v), bits(math.hypot(*v)))
    for _ in range(n):
        k = R.randrange(0, 200)
        out("factorial", k, h(math.factorial(k)))
        a = abs(integer(150)) + k
        out("comb", h(a), k, h(math.comb(a, k)))
        out("perm", h(a), k, h(math.perm(a, k)))
        b = integer(150)
        out("lcm", h(a), h(b), h(math.lcm(a, b)))
        size, order, signed = R.randrange(0, 40), R.choice(["little", "big"]), R.randrange(2)
        c = R.choice([integer(300), R.choice([-1, 1]) * (1 << R.randrange(0, 200)) + R.choice([-1, 0, 1])])
        tag = order[0] + "e" + "us"[signed]
        try:
            s = "x" + c.to_bytes(size, order, signed=signed).hex()
        except OverflowError:
            s = "overflow"
        out("tobytes", h(c), size, tag, s)
        d = R.getrandbits(8 * size).to_bytes(size, "little")
        out("frombytes", "x" + d.hex(), tag, h(int.from_bytes(d, order, signed=signed)))


def formats(n):
    def spec(codes):
        return "".join([R.choice(["", "", "<", ">", "^", "=", "*<", "x>", "\u20ac^", "0=", "\u20ac="]), R.choice(["", "", "+", "-", " "]), R.choice(["", "", "#"]),
                        R.choice(["", "", "0"]), R.choice(["", "", "1", "5", "12", "13", "14", "30"]), R.choice(["", "", "", ",", "_", ",_", "_,"] if R.randrange(4) == 0 else ["", ",", "_"]),
                        R.choice(["", "", "", ".0", ".1", ".3", ".17", "."] if R.randrange(2) else [""]), R.choice(codes)])

    def run(x, s):
        try:
            return "<" + ".".join("%x" % ord(c) for c in format(x, s))
        except ValueError as error:
            return "!" + str(error)
    for _ in range(n):
        s = spec(["", "d", "d", "x", "X", "o", "b", "n", "e", "f", "g", "%", "s", "q", "dd", "\u20ac"])
        x = integer(90)
        if s:
            out("fmt", "i", h(x), "s" + ".".join("%x" % ord(c) for c in s), run(x, s))
        s = spec(["", "", "e", "E", "f", "F", "g", "G", "n", "%", "d", "q"])
        x = real()
        if s:
            out("fmt", "f", raw(x), "s" + ".".join("%x" % ord(c) for c in s), run(x, s))
        s = spec(["", "", "e", "E", "f", "F", "g", "G", "n", "%"])
        z = complex(R.choice([0.0, real(), 1.5]), real())
        if s:
            out("fmt", "c", raw(z.real) + "," + raw(z.imag), "s" + ".".join("%x" % ord(c) for c in s), run(z, s))


def main():
    become_oracle()
    getattr(sys, 'set_int_max_str_digits', int)(0)
    if "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return
    options = dict(zip(sys.argv[1::2], map(int, sys.argv[2::2])))
    scale = options.get("--scale", 1)
    R.seed(options.get("--seed", 1))
    integers(60 * scale)
    large(3 * scale)
    floats(150 * scale)
    complexes(80 * scale)
    mathematics(12 * scale)
    formats(150 * scale)


main()
