"""str.format and format_map: nested fields, attributes, indexes, conversions, numbering; string.Formatter; f-strings at run time."""
import itertools
import string

from cases import Bad, Index, Odd, call


class Thing:
    attribute = "value"
    nested = {"key": [1, 2, {"x": "deep"}], 1: "int one", "1": "str one", -1: "minus", "-1": "text minus", "a b": "space", "": "empty", "]": "bracket"}
    def __repr__(self): return "Thing"
    def __str__(self): return "the thing é"
    def __getitem__(self, key): return f"<{key!r}>"


class Properties:
    @property
    def fails(self): raise ValueError("property")
    def __format__(self, spec): return f"[{spec}]"
    def __repr__(self): return "Properties"


NAMES = ["", "0", "1", "2", "9", "00", "01", "-1", "a", "thing", "nope", " a", "a ", "0a", "99999999999999999999", "2147483648", "é", "٣", "a-b", "class", "1.5", "+1", "0x1", "{}", "{a}", "}", "["]
PATHS = ["", ".attribute", ".nested[key]", ".nested[1]", ".nested[-1]", ".nested[key][2][x]", "[0]", "[a]", "[]", "[", "[0", "[0]x", "[0].", ".", "..a", ".nested[a b]", ".nested[']']", "[0][1]", "[99999999999999999999]", "[2147483648]", "[1.5]", "[-1]", ".a.b", ".__class__.__name__", "[0]]", "[[0]", ".attribute[0]", ".attribute[99]", "[{}]", "]"]
CONVERSIONS = ["", "!r", "!s", "!a", "!x", "!", "!rr", "! r", "!r ", "!é", "!\0"]
SPECS = ["", ":", ":>8", ":{}", ":{0}", ":{a}", ":{width}", ":{{}}", ":{", ":}", ":{}{}", ":{{", ":}}", ":{:{}}", ":{a!r:>{width}}", ":!r", "::", ":é^9", ":q", ":{nope}", ":{9}", ":.{width}", ":{0}{1}"]
POSITIONALS = [(), (5,), ("text", 3), (Thing(), 12, "z"), ([10, 20], {"a": 1, 0: 2})]
KEYWORDS = {"a": "A-value", "thing": Thing(), "width": 10, "": "empty name", "é": "accent"}


def show(template):
    for arguments in POSITIONALS:
        call(f"{template!r}.format(*{arguments!r}, ...)", template.format, *arguments, **KEYWORDS)
    call(f"{template!r}.format(5)", template.format, 5)
    call(f"{template!r}.format_map(...)", template.format_map, KEYWORDS)


for name, path in itertools.product(NAMES, PATHS):
    show("{" + name + path + "}")
for name, conversion, spec in itertools.product(["", "0", "a", "thing", "1"], CONVERSIONS, SPECS):
    show("{" + name + conversion + spec + "}")
for template in ("{} {}", "{} {0}", "{0} {}", "{a} {}", "{0} {1} {0}", "{", "}", "{{", "}}", "{{}", "{}}", "}{", "{{{}}}", "{{{0}}}}", "a{b", "a}b", "{!}", "{!r", "{:", "{0:", "{0!", "{0!r", "{0!r:", "{0:{1}", "{0:{1}}}", "{:{:{}}}", "{:{:{:{}}}}", "{0:{1:{0}}}",
                 "{}{:{}}", "{:{}}{}", "{0:{}}", "{:{0}}", "{a:{}}{}", "é{}漢", "\U0001f600{}", "\0{}\0", "{0.attribute!r:>{1}}", "{0[key]}", "{thing[a]!s:.3}", "{thing[}]}", "{thing[{]}", "{thing[a}", "{thing[a]b}", "{thing[a]!}", "{a:{thing.nested[1]}}", "{:>{width}.{1}}",
                 "{0:}}", "{0:{{}", "{a!r:{a}}", "x" * 50 + "{}", "{:\ud800>5}", "{a.{}}", "{[{}]}", "{a[{}]}", "{.attribute}", "{[0]}", "{.}", "{[]}", "{.a}", "{!r}{!s}{!a}", "{:d}", "{0:s}", "{:5}{:<5}{:^5}"):
    show(template)
for template in ("{0}", "{a}", "{}", "{a.b}", "{a[b]}", "{a!r}", "{a:{b}}", "x", "{", "{0[0]}", "{a.fails}"):
    for mapping in ({}, {"a": 1}, [], None, 5, "a", [1, 2], {0: "zero"}, {"0": "text zero"}, {"": "empty"}, {"a": Properties()}, Thing(), Bad(), Odd(), type("D", (dict,), {"__missing__": lambda s, k: f"missing {k!r}"})()):
        call(f"{template!r}.format_map({mapping!r})", template.format_map, mapping)
for arguments in ((), (1, 2)):
    call(f"'x'.format_map{arguments}", "x".format_map, *arguments)
call("'x'.format_map(mapping={})", lambda: "x".format_map(mapping={}))
call("'{self}'.format(self=1)", lambda: "{self} {format_string}".format(self=1, format_string=2))
for template in ("{}", "{0}", "{0} {}", "{a}", "{0.attribute}", "{0[1]!r:>5}", "{!x}", "{", "}", "{0:{1}}", "{:{}}", "{:{:{}}}", "{nope}", "{9}", "{} {}"):
    call(f"Formatter().format({template!r}, ...)", string.Formatter().format, template, Thing(), 5, a=3)
    call(f"Formatter().vformat({template!r}, ...)", string.Formatter().vformat, template, (1, 2), {"a": 3})
    call(f"Formatter().parse({template!r})", lambda: list(string.Formatter().parse(template)))
import _string  # noqa: E402
for text in ("", "{", "}", "{}", "a{b}c", "{0.a[1]!r:x{y}z}", "{{x}}", "{a!r", "{a!}", "{a:{b:{c}}}", "{!r}", "{:}", "{a!r:}", "{a!rx}", "a{{b}}c{d}", "{[}]}"):
    call(f"formatter_parser({text!r})", lambda: list(_string.formatter_parser(text)))
for text in ("", "a", "0", "a.b", "a[0]", "a[b].c[1]", "a.", "a[", "a[]", ".a", "[0]", "0.1", "a[0]b", "a..b", "99999999999999999999", "a[99999999999999999999]", "-1", "a[-1]", "00", "a[01]", "٣"):
    call(f"formatter_field_name_split({text!r})", lambda: (lambda first, rest: (first, list(rest)))(*_string.formatter_field_name_split(text)))
for bad in (5, None, b"x", [], Index(1)):
    call(f"formatter_parser({bad!r})", _string.formatter_parser, bad)
    call(f"formatter_field_name_split({bad!r})", _string.formatter_field_name_split, bad)

EXPRESSIONS = ["x", "x!r", "x!s", "x!a", "x:5", "x!r:>10", "x:{w}", "x:{w}.{p}", "x!r:{w}", "x=", "x = ", "x=!r", "x=:5", "x=!s:>{w}", "t", "t!r", "t:5", "t.attribute", "t['a']", "n", "n:,", "n:{w}d", "n:#x", "n:q", "e", "e:5", "e!r", "nope", "x:{nope}", "1/0", "(lambda: 1)()", "{1: 2}", "{1: 2}[1]:3", "[i for i in 'ab']", "x if n else t",
               "None", "None:5", "...:5", "x:{x}", "n:{n}", "f'{n}'", "f'{n:{w}}':>{w}", "b", "b:5", "b!r:9", "x == x", "x != x", "n!s:>{w}", "n.real", "-n", "not n", "x,", "*x,", "d['k']", "n:e", "n:é>9", "'a' 'b'", "s:{'>'}{w}"]
VARIABLES = {"x": "té", "t": Thing(), "n": 12345, "w": 12, "p": 3, "e": Properties(), "b": b"by", "d": {"k": "v"}, "s": "S"}
for expression in EXPRESSIONS:
    for source in (f'f"{{{expression}}}"', f'f"a{{{expression}}}b{{{expression}}}"', f'rf"\\{{{expression}}}"', f'f"""{{\n{expression}}}"""', f'f"{{ {expression} }}"'):
        call(source, lambda: eval(source, dict(VARIABLES)))
