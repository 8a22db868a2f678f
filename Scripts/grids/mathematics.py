"""Every function of `math` and `cmath` at its edges, and with wrong arguments."""
import cmath
import fractions
import itertools
import math
import _pydecimal as decimal

from cases import Bad, Float, Index, Odd, call

inf, nan = float("inf"), float("nan")
REALS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.5, 1e-10, 1e10, 1e300, -1e300, 1e308, 1.7976931348623157e308, 5e-324, -5e-324, 2.2250738585072014e-308, 709.782712893384, 709.79, -745.14, -746.0, 710.5, 170.0, 171.7, 171.5, -170.5, -171.5, -0.25, math.pi, math.pi / 2, -math.pi, 1e22, inf, -inf, nan, 0.9999999999999999, 1.0000000000000002, 100.5, -100.0]
OTHERS = [0, 1, -1, 5, 2**53 + 1, 2**70, -2**70, 10**400, -10**400, True, "1", None, 1j, [], Odd(), Bad(), Index(4), Index(-2**70), Float(2.5), Float("x"), Float(inf), decimal.Decimal("1.5"), fractions.Fraction(3, 2)]
INTEGER = {"factorial", "isqrt", "gcd", "lcm", "comb", "perm"}
VARIADIC = {"hypot", "gcd", "lcm"}
functions = [n for n in sorted(vars(math)) if callable(getattr(math, n)) and not n.startswith("_")]
for name in functions:
    f = getattr(math, name)
    call(f"math.{name}()", f)
    for x in REALS + OTHERS:
        if name in ("factorial", "perm") and isinstance(x, (int, float)) and abs(x) > 5000:
            continue
        call(f"math.{name}({x!r})", f, x)
    for x, y in itertools.product(REALS[::2] + [3, -2, 10**400, "a", None, Index(3), Float(1.5)], repeat=2):
        if name in ("comb", "perm") and any(isinstance(v, (int, float)) and abs(v) > 5000 for v in (x, y)):
            continue
        call(f"math.{name}({x!r}, {y!r})", f, x, y)
    call(f"math.{name}(1, 2, 3)", f, 1, 2, 3)
    call(f"math.{name}(x=1)", lambda: f(x=1))
for a, b in itertools.product([0, 1, 2, 5, 12, -6, 2**64, 3**60, -2**100, True, Index(9), 10**400], repeat=2):
    for name in ("gcd", "lcm"):
        call(f"math.{name}({a!r}, {b!r})", getattr(math, name), a, b)
for n in (0, 1, 2, 5, 30, 67, 68, 100, 500, True, -1, Index(6), 1.0, 2**70):
    for k in (0, 1, 2, 5, 30, 33, 34, 250, None, -1, 1.5, Index(2)):
        for name in ("comb", "perm"):
            if n == 2**70 and k not in (0, 1, 2, None, 5) or name == "perm" and n == 2**70 and k is None:
                continue
            call(f"math.{name}({n!r}, {k!r})", getattr(math, name), n, k)
for n in [*range(30), 2**62, 2**63, 2**64 - 1, 2**64, 10**40, 10**100 + 7, (10**50 + 1)**2, (10**50 + 1)**2 - 1]:
    call(f"math.isqrt({n})", math.isqrt, n)
    call(f"math.factorial({n % 300})", math.factorial, n % 300)
for x, i in itertools.product(REALS, [0, 1, -1, 10, 52, -52, 1023, 1024, -1074, -1075, 2000, -3000, 2**31, -2**31, 2**63, -2**70, True, 1.0, "a"]):
    call(f"math.ldexp({x!r}, {i!r})", math.ldexp, x, i)
SEQUENCES = [[], [1], [1, 2, 3], [0.1] * 10, [1e16, 1, -1e16], [1e308, 1e308, -1e308], [1e308, 1e308], [inf, 1], [inf, -inf], [nan], [1, "a"], ["a"], [2**1000, 1.5], [10**400], [10**400, 1.5], None, 5, "ab", (1, 2.5), [True, 3], [1j], [1e-300] * 3, [-0.0], [-0.0, -0.0], {1: 2}, [Float(1.5)], [decimal.Decimal(1)], [fractions.Fraction(1, 3), 2]]
for s in SEQUENCES:
    call(f"math.fsum({s!r})", math.fsum, s)
    call(f"sum({s!r})", sum, s)
    for start in (1, 1.5, None, "a", 0j, [], 10**30, b"", -0.0):
        call(f"math.prod({s!r}, start={start!r})", lambda: math.prod(s, start=start))
        call(f"sum({s!r}, {start!r})", sum, s, start)
    for t in SEQUENCES[::3]:
        call(f"math.dist({s!r}, {t!r})", math.dist, s, t)
for rel, abs_ in itertools.product([0, 1e-9, 0.1, -0.1, inf, nan, "a", 1], [0.0, 1e-5, -1, inf, nan]):
    for a, b in itertools.product([0.0, 1.0, 1.0000000001, 1e300, inf, -inf, nan, 1.05], repeat=2):
        call(f"math.isclose({a!r}, {b!r}, rel_tol={rel!r}, abs_tol={abs_!r})", lambda: math.isclose(a, b, rel_tol=rel, abs_tol=abs_))
for x in (8, 10, 1e300, 10**400, 2**1023, 2**5000, 0.5, -1, 0, inf, nan, True):
    for base in (2, 10, 0.5, 1, 0, -1, 10**400, inf, nan, 2.0, "a", None):
        call(f"math.log({x!r}, {base!r})", math.log, x, base)
PARTS = [0.0, -0.0, 1.0, -1.5, 0.5, 1e-10, 1e200, 1e308, -1e308, 5e-324, 710.0, inf, -inf, nan]
COMPLEXES = [complex(a, b) for a in PARTS for b in PARTS]
for name in [n for n in sorted(vars(cmath)) if callable(getattr(cmath, n)) and not n.startswith("_")]:
    f = getattr(cmath, name)
    for z in COMPLEXES + OTHERS:
        call(f"cmath.{name}({z!r})", f, z)
    for z in (1j, 0j, -1 + 0j, complex(inf, nan)):
        for w in (2, 0, 1j, inf, "a", None):
            call(f"cmath.{name}({z!r}, {w!r})", f, z, w)
    call(f"cmath.{name}()", f)
    call(f"cmath.{name}(1, 2, 3)", f, 1, 2, 3)
for r, phi in itertools.product(PARTS, PARTS + [math.pi, -math.pi / 2]):
    call(f"cmath.rect({r!r}, {phi!r})", cmath.rect, r, phi)
import operator  # noqa: E402
for a, b in itertools.product(COMPLEXES[::7] + [0, 2, -1, 0.5, 10**400, "a", None], repeat=2):
    for name in ("add", "sub", "mul", "truediv", "pow", "eq", "lt", "floordiv"):
        if name == "pow" and isinstance(a, int) and isinstance(b, int) and b > 100:
            continue
        call(f"{name}({a!r}, {b!r})", getattr(operator, name), a, b)
for z in COMPLEXES:
    call(f"complex texts of {z!r}", lambda: (repr(z), str(z), hash(z) if z == z else "nan", bool(z), z.conjugate(), -z, +z))
    call(f"abs({z!r})", abs, z)
    for n in (0, 1, 2, 3, -1, -2, 5, 100, 101, -100, 0.5, 2j):
        call(f"{z!r} ** {n}", operator.pow, z, n)
