"""`%` formatting of str and bytes: all conversions, flags, widths and precisions, `*`, keys, wrong arguments."""
import itertools

from cases import Bad, Float, Index, Odd, call


class Int:
    def __int__(self): return 7
    def __repr__(self): return "Int"


class Both:
    def __str__(self): return "str-é"
    def __repr__(self): return "repr-é"
    def __bytes__(self): return b"bytes"


def show(template, arguments):
    call(f"{template!r} % {arguments!r}", lambda: template % arguments)


NUMBERS = [0, 5, -255, 2**70, -1.5, 0.0, 1e100, 123456.789, float("nan"), float("-inf"), True]
FLAGS = ["", "-", "+", " ", "#", "0", "-0", "+ ", "#0", "+-#0 "]
for conversion in "diouxXeEfFgGcrsa%b":
    for flags, width, precision in itertools.product(FLAGS, ["", "12"], ["", ".", ".3", ".20"]):
        spec = "%" + flags + width + precision + conversion
        for value in NUMBERS:
            show(spec, (value,))
            show(spec.encode(), (value,))
OTHERS = ["a", "abcé", "", b"ab", b"", bytearray(b"xy"), memoryview(b"mv"), None, [1], {}, {1: 2}, 1j, Index(65), Index(-3), Float(2.5), Int(), Both(), Odd(), Bad(), "\U0001f600", "\ud800", 0x110000, 256, -1, 1e400, 10**400, range(3)]
for conversion in "diouxXeEfFgGcrsa%bqyzhlL\0é٣":
    for spec in ("%" + conversion, "%5" + conversion, "%-5.1" + conversion, "%05" + conversion, "%l" + conversion, "%hh" + conversion, "%.30" + conversion):
        for value in OTHERS:
            show(spec, (value,))
            show("<" + spec + ">", value)
            try:
                show(spec.encode(), (value,))
                show(b"<" + spec.encode() + b">", value)
            except UnicodeError:
                pass
TEMPLATES = ["%", "%%", "a%", "%5", "%.", "%*", "%(", "%(a", "%(a)", "%(a)s", "%(a)s%(b)d", "%s", "%s%s", "%d%%", "%*d", "%-*d", "%.*f", "%*.*f", "%(a)*d", "%(a)%", "%s%(a)s", "%(a)s%s", "%((a))s", "%()s", "%(a)5.1f", "%#", "%l", "%9223372036854775808d",
             "%99999999999999999999d", "%+*d", "% d", "%0*d", "%**d", "%.*d", "%.-1d", "%-.2d", "%5%", "%-5%|", "%c%c", "%r%a%s", "%i", "%u", "é%s", "%sé", "%ld %hd %Ld", "%lld", "no", "", "%q", "%(a)q", "%\n", "%日", "%5日", "% ", "%(a"]
ARGUMENTS = [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ("a",), ("a", "b"), (-5, 3), (2**63, 3), (-2**63 - 1, 3), (1.5, 3), (None, 3), ("a", 3), (True, 3), (3, -2, 1.5), (3, 2**63, 1.5), {}, {"a": 1}, {"a": 1, "b": 2}, {"": 5, "(a)": 6},
             {b"a": 1}, {b"a": 1, "a": 2}, 5, "x", b"x", None, [1, 2], [], "", object, Odd(), (Odd(),), ({"a": 1},), range(2)]
for template in TEMPLATES:
    for arguments in ARGUMENTS:
        show(template, arguments)
        try:
            show(template.encode("ascii"), arguments)
            show(bytearray(template.encode("ascii")), arguments)
        except UnicodeError:
            pass


class Keys:
    def __getitem__(self, key): return f"<{key}>"
    def __repr__(self): return "Keys"


class Subclass(str):
    def __mod__(self, other): return "mod of the subclass"
    def __rmod__(self, other): return f"rmod of {other!r}"


for arguments in (Keys(), type("L", (list,), {})([1]), type("T", (tuple,), {})((1, 2)), type("D", (dict,), {"__missing__": lambda s, k: k * 2})()):
    for template in ("%(a)s", "%s", "%(a)s %(b)s", "%s %s", "x", "%(a)d"):
        show(template, arguments)
        show(template.encode(), arguments)
call("'%s' % Subclass", lambda: "%s" % Subclass("x"))
call("Subclass % 1", lambda: Subclass("%s") % 1)
call("None % 'x'", lambda: None % "x")
call("'%s' % (tuple in tuple)", lambda: "%s" % ((1, 2),))
for method in ("__mod__", "__rmod__"):
    for value in ("a", b"a", 5, None, (1,), "%s"):
        for text in ("%s", b"%s", bytearray(b"%s")):
            call(f"{text!r}.{method}({value!r})", getattr(text, method), value)
for digits in (1, 17, 50, 110, 300, 1000):
    for conversion in "eEfFgG":
        for value in (1 / 3, 1e300, -1e-300, 123456789.0, 5e-324, 0.5, 2.5, 1e22):
            show(f"%.{digits}{conversion}", value)
            show(f"%#.{digits}{conversion}", value)
