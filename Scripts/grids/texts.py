"""Methods of str over special Unicode: casing, white space, splitting, translating, encoding with error handlers."""
import itertools

from cases import Bad, Index, Odd, call

SPECIAL = ["İ", "ı", "ß", "ẞ", "ŉ", "ǰ", "ΐ", "Ǆ", "ǅ", "ǆ", "ﬁ", "ﬃ", "Σ", "ς", "ΑΣ", "ΑΣ Β", "ΑΣ.", "Σ Σ", "ΑΣ́", "ͅ", "ᾼ", "ᾳ", "ⅷ", "Ⓐ", "ª", "ʰ", "中", "א", "Ა", "ა", "ꭰ", "Ꭰ", "𐐀", "𐐨", "\U0001e900", "\U0001f600", "\ud800", "\ud800\udc00", "'s", "o'neil", "they're BILL's", "Äöü ÄÖÜ", "hELLO wORLD", "x1y2", "ₓ", "²", "½", "٣", "१", "Ⅷ", "一", "〇", "\u0345x", "a\u0301", "é", "ŠŒ", "µ", "ÿ", "\xad", "_", "__x", "1a", "a-b", "class", "ﬀa", "℘", "℮", "·a", "a·", "፩", "a፩", "゛", "ͺ", "", " ", "\t\n", "\x1c\x1d\x1e\x1f\x85\xa0", "\u1680\u2000\u2028\u2029\u202f\u205f\u3000", "\u180e\u200b\ufeff"]
NAMES = "lower upper title capitalize swapcase casefold isalpha isalnum isdecimal isdigit isnumeric isidentifier islower isupper istitle isspace isprintable isascii split rsplit strip lstrip rstrip splitlines __repr__ __len__ encode".split()
for text in SPECIAL:
    for variant in (text, text + "a", "A" + text, text + text, " " + text + " "):
        for name in NAMES:
            call(f"{variant!r}.{name}()", getattr(variant, name))
for code in itertools.chain(range(0, 0x3000), range(0xA640, 0xABC0), range(0xF900, 0x10000, 3), range(0x10000, 0x1F000, 5), range(0xE0000, 0xE0200, 9)):
    c = chr(code)
    call(f"chr({code:#x})", lambda: (c.lower(), c.upper(), c.title(), c.casefold(), c.swapcase(), ("a" + c + "b").title(), ("A" + c).lower(), c.isalpha(), c.isidentifier(), ("a" + c).isidentifier(), c.isspace(), c.isprintable(), c.isdigit(), c.isdecimal(), c.isnumeric(), c.isupper(), c.islower(), c.istitle(), len(("x" + c + "y").split()), len(("x" + c + "y").splitlines()), repr(c)))
WHITE = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
call("split on white space", lambda: ("a".join(WHITE)).split())
call("split lines", lambda: ("a".join(WHITE)).splitlines(True))
call("strip", lambda: (WHITE + "x" + WHITE).strip())
TEXTS = ["", "a", "abcabc", "a,b,,c,", "  a  b ", "äöü äöü", "日本語日本", "x\U0001f600y\U0001f600", "\ud800a", "aaaa"]
ARGUMENTS = ["", "a", "bc", ",", "ö", "本", "\U0001f600", "\ud800", " ", "ab,", None, 5, b"a", ("a", "b"), ("a", 5), [], Odd(), Bad(), Index(1), -1, 1.5, True, {97: "X"}, 2**70]
for text in TEXTS:
    for name in "count find rfind index rindex startswith endswith split rsplit partition rpartition strip lstrip rstrip removeprefix removesuffix join translate replace center ljust rjust zfill expandtabs encode splitlines __contains__ __add__ __mul__ __rmul__ __getitem__ __eq__ __lt__ __mod__ __format__ format format_map maketrans".split():
        for a in ARGUMENTS:
            if isinstance(a, int) and a > 10**9 and name in ("center", "ljust", "rjust", "zfill", "expandtabs", "__mul__", "__rmul__"):
                continue
            call(f"{text!r}.{name}({a!r})", getattr(text, name), a)
        call(f"{text!r}.{name}()", getattr(text, name))
    for name, needle, start, end in itertools.product(("count", "find", "rindex", "startswith", "endswith"), ["", "a", "öü", "本語", 5], [0, 1, -2, 99, None, -2**70, Index(1), "a"], [None, 0, 2, -1, 2**70]):
        call(f"{text!r}.{name}({needle!r}, {start!r}, {end!r})", getattr(text, name), needle, start, end)
    for count in (0, 1, 2, -1, None, "a", 1.5, Index(1), 2**70, True):
        for sep in ("a", " ", None, "öü", ",", ""):
            call(f"{text!r}.split({sep!r}, {count!r})", text.split, sep, count)
            call(f"{text!r}.rsplit({sep!r}, {count!r})", text.rsplit, sep, count)
            call(f"{text!r}.replace({sep!r}, 'ZZ', {count!r})", text.replace, sep, "ZZ", count)
        call(f"{text!r}.splitlines({count!r})", text.splitlines, count)
    for width, fill in itertools.product([0, 1, 5, 20, -1, "a", None, 1.5, Index(9)], ["", "x", "é", "\U0001f600", "xy", 5, None, b"x"]):
        for name in ("center", "ljust", "rjust"):
            call(f"{text!r}.{name}({width!r}, {fill!r})", getattr(text, name), width, fill)
    for encoding, errors in itertools.product(["utf-8", "ascii", "latin-1", "utf-16", "utf-32-le", "cp1252", "utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "charmap", "nope", "rot13", "hex", "", "\0", None, 5], ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "nope", "", None, 5]):
        call(f"{text!r}.encode({encoding!r}, {errors!r})", text.encode, encoding, errors)
for text in ("a\tb", "\t", "ab\tc\td", "\t\t", "a\n\tb", "a\r\tb", "é\tx", "日\tx", "\U0001f600\t.", "no tabs", "abcdefgh\t|", "\x0b\tx", "\x85\tx", "\u2028\tx"):
    for size in (None, 0, 1, 2, 4, 8, -1, -8, 100, True, "a", 1.5):
        call(f"{text!r}.expandtabs({size!r})", lambda: text.expandtabs() if size is None else text.expandtabs(size))
        call(f"{text.encode('utf-8')!r}.expandtabs({size!r})", lambda: text.encode("utf-8").expandtabs() if size is None else text.encode("utf-8").expandtabs(size))
TABLES = [{}, {97: None}, {97: "xyz"}, {97: 0x10FFFF}, {97: 0x110000}, {97: -1}, {97: 1.5}, {97: "é"}, {0xF6: "\U0001f600"}, {"a": "b"}, [], list("x" * 300), "y" * 300, None, 5, Odd(), Bad(), type("T", (), {"__getitem__": lambda s, k: chr(k + 1)})(), type("T", (), {"__getitem__": lambda s, k: 1 / 0})(), type("T", (), {"__getitem__": lambda s, k: {}[k]})(), {97: ""}, {97: 98, 98: 97, 99: None}]
for text in TEXTS:
    for table in TABLES:
        call(f"{text!r}.translate({table!r})", text.translate, table)
for arguments in ((), ({},), ({"a": 1},), ({"ab": 1},), ({1.5: 1},), ({97: 1.5},), ("a", "b"), ("ab", "c"), ("ab", "cd", "e"), ("a", "b", 5), ("a", 5), (5,), (5, "a"), ("a",), ({"a": 1}, "b"), ("a", "b", "c", "d"), ("é", "\U0001f600"), ("aa", "bc")):
    call(f"str.maketrans{arguments!r}", str.maketrans, *arguments)
for a, b in itertools.product(["", "a", "é", "日", "\U0001f600", "\ud800", "aé", 5, None, b"a"], repeat=2):
    call(f"compare {a!r} {b!r}", lambda: (a == b, a != b, a < b, a >= b))
    call(f"concatenate {a!r} {b!r}", lambda: a + b)
    call(f"in {a!r} {b!r}", lambda: a in b)
for value in (5, None, b"abc", b"\xff", bytearray(b"x"), memoryview(b"m"), "s", [], Odd(), Bad()):
    for encoding in ("utf-8", "ascii", "nope", None, 5, ""):
        for errors in (None, "strict", "replace", "nope", 5):
            call(f"str({value!r}, {encoding!r}, {errors!r})", lambda: str(value, encoding, errors) if errors is not None else str(value, encoding))
    call(f"str(object={value!r})", lambda: str(object=value))
    call(f"str(errors={value!r})", lambda: str(b"x", errors=value))
for items in (["a", "b"], ["a", 5], [b"a"], "abc", 5, None, [], ["é", "日", "\U0001f600"], {"k": 1}, iter(["q"]), [None], ["a", Odd()], (x for x in "ab"), [type("S", (str,), {})("sub")]):
    for joiner in ("", ",", "日"):
        call(f"{joiner!r}.join({type(items).__name__})", joiner.join, items)
