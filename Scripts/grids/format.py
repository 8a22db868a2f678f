"""format(value, specification): fill, alignment, sign, #, 0, width, grouping, precision, type, valid and not."""
import datetime
import itertools
from _pydecimal import Decimal

from cases import call

NUMBERS = [0, 1, -1, 7, 255, -1234567, 2**63, -10**30, True, 0.0, -0.0, 1.0, -1.5, 0.1, 1234567.891, 1e16, 1e-7, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"), 123456789012345680.0]
COMPLEXES = [0j, 1 + 2j, -0.0 - 1.5j, complex("nan+infj"), 1e20 - 1234567.25j]
TEXTS = ["", "a", "abc", "äß漢字", "\U0001f600x"]
DECIMALS = [Decimal("0"), Decimal("-1234567.891"), Decimal("1E+30"), Decimal("NaN"), Decimal("-Infinity"), Decimal("0.00001")]
FILLS = ["", "<", ">", "^", "=", "x<", "*>", "é^", "0=", "{<", "\U0001f600="]
SIGNS = ["", "+", "-", " "]
WIDTHS = ["", "0", "1", "9", "05", "25", "025"]
GROUPS = ["", ",", "_"]
PRECISIONS = ["", ".0", ".1", ".3", ".17", ".40"]
TYPES = ["", "b", "c", "d", "e", "E", "f", "F", "g", "G", "n", "o", "s", "x", "X", "%", "z", "é"]


def specs(fills, signs, alternates, widths, groups, precisions, types):
    return map("".join, itertools.product(fills, signs, alternates, widths, groups, precisions, types))


def grid(values, specifications):
    for value in values:
        for spec in specifications:
            call(f"format({value!r}, {spec!r})", format, value, spec)


grid(NUMBERS, list(specs(["", "*^", "="], ["", "+"], ["", "#"], ["", "025"], GROUPS, ["", ".0", ".3"], TYPES[:-2])))
grid([-1234567, 1234567.891, 7, 1e16, True], list(specs(FILLS, SIGNS, ["", "#"], WIDTHS, ["", ","], ["", ".2"], ["", "d", "g", "x", "f"])))
grid([255, -0.1, 1e22], list(specs([""], [""], ["", "#"], [""], GROUPS, PRECISIONS, TYPES)))
grid(COMPLEXES, list(specs(["", "<", "*^", "="], SIGNS, ["", "#"], ["", "0", "30", "030"], ["", ",", "_"], ["", ".0", ".3"], ["", "e", "f", "g", "G", "n", "d", "s", "%"])))
grid(TEXTS, list(specs(FILLS, ["", "+", " "], ["", "#"], WIDTHS, GROUPS, ["", ".0", ".2"], ["", "s", "d"])))
grid(DECIMALS, list(specs(["", "<", "*^", "="], ["", "+", " "], [""], ["", "20", "020"], ["", ","], ["", ".0", ".3"], ["", "e", "E", "f", "F", "g", "G", "n", "%", "s", "d"])))
BROKEN = ["q", "10q", "1.", ".", ".x", "<<", "<<<", "^^^^", "+-", "++", "--5", "##", "0#", "#0", ",,", "__", ",_", "_,", ",_d", "5,_d", "_,5", ",.2f", "_.2f", ".2,f", "1.2.3", "5 ", " 5", "5d ", "dd", "xd", "10.3.f", ".99999999999",
          "99999999999999999999", ".99999999999999999999f", "9223372036854775808", "-", "=", "é", "\0", "\ud800", "{}", "{", "}", "%Y", "%d/%m", "s5", "!r", ":", "::", "<:", "\n", "٣", "5٣", "٣d", "²", ".٣f", "0٣"]
VALUES = [5, -2.5, 1j, "ab", True, None, b"ab", [1], (1,), {1: 2}, object, len, ..., range(3), datetime.date(2020, 2, 29), datetime.datetime(2020, 2, 29, 13, 5, 6, 78), datetime.time(13, 5), datetime.timedelta(1, 2)]
grid(VALUES, BROKEN + ["", "5", "<5", "s", "d", "f", "c", "n", "%", "x", "10.2"])
DATES = ["%Y-%m-%d", "%H:%M:%S.%f", "%a %A %b %B", "%j %U %W %w %u", "%p %I %y", "%z|%Z", "%%", "%", "%c", "%x %X", "%G-%V", "%e %D %F %T %R", "%q", "a%Yb%", "%:z", "\0%Y", "%s" * 0, "é%Y", "%-d"]
grid(VALUES[-4:-1] + [datetime.datetime(1, 1, 1), datetime.date(9999, 12, 31), datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=-5, seconds=7)))], DATES)
for code in list(range(0, 300, 7)) + [-1, 0xD800, 0xFFFF, 0x10FFFF, 0x110000, 2**40, -2**70]:
    for spec in ("c", "5c", "*^5c", "+c", ",c", "#c", ".2c", "05c", "=5c"):
        call(f"format({code}, {spec!r})", format, code, spec)
for spec in (None, 5, b"d", [], object(), ("d",), 1.5):
    for value in (5, "a", 1.5, None, 1j, object):
        call(f"format({value!r}, {spec!r})", format, value, spec)
        call(f"{value!r}.__format__({spec!r})", value.__format__ if value is not object else object().__format__, spec)


class Formats:
    """__format__ that returns what it is given, whatever its type."""
    def __init__(self, value): self.value = value
    def __format__(self, spec): return self.value
    def __repr__(self): return f"Formats({self.value!r})"


for value in ("x", 5, None, b"x", type("S", (str,), {})("sub")):
    call(f"format(Formats({value!r}))", format, Formats(value))
    call(f"format(Formats({value!r}), 'q')", format, Formats(value), "q")
    call(f"f-string of Formats({value!r})", lambda: f"{Formats(value)}|{Formats(value):q}")
    call(f"'{{}}'.format(Formats({value!r}))", "{}|{:q}".format, Formats(value), Formats(value))
