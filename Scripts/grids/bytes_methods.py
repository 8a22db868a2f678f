"""Methods of bytes and bytearray with odd arguments; their constructors; item and slice assignment."""
import array
import itertools

from cases import Bad, Index, Odd, call

ARGUMENTS = [b"", b"a", b"abc", b"\xff\0", bytearray(b"b"), memoryview(b"c"), memoryview(b"abcd")[::2], array.array("H", [97]), "a", "", "é", 97, 0, -1, 255, 256, 2**70, 1.5, None, True, [], [97], [256], ["a"], (b"a", b"b"), (), ("a",), (b"a", 5), Index(98), Index(300), Odd(), Bad(), range(2), iter([97]), {1: 2}, 1j]
RECEIVERS = [b"abcabc", bytearray(b"abcabc"), b"", bytearray(b""), b" a\tb\n\x0b\xa0 ", bytearray(b"\x00\xffZz09_")]
ONE = "count find rfind index rindex startswith endswith replace split rsplit partition rpartition strip lstrip rstrip join center ljust rjust zfill expandtabs translate removeprefix removesuffix decode hex splitlines __contains__ __add__ __mul__ __rmul__ __getitem__ __mod__ __eq__ __lt__ __ge__ fromhex maketrans append extend insert pop remove __iadd__ __imul__ __delitem__ __init__ capitalize isalpha isascii islower isupper istitle isspace isalnum isdigit lower upper swapcase title reverse clear copy".split()


def fresh(receiver): return bytearray(receiver) if isinstance(receiver, bytearray) else receiver


def show(receiver, name, *arguments, **keywords):
    value = fresh(receiver)
    method = getattr(value, name, None)
    if method is None:
        return
    call(f"{receiver!r}.{name}{arguments!r}{keywords or ''}", lambda: (lambda r: ("self" if r is value else r, value if isinstance(value, bytearray) else None))(method(*arguments, **keywords)))


for receiver in RECEIVERS:
    for name in ONE:
        show(receiver, name)
        for a in ARGUMENTS:
            if name in ("center", "ljust", "rjust", "zfill", "expandtabs", "__mul__", "__rmul__", "__imul__", "__init__") and isinstance(a, int) and a > 10**6:
                continue
            show(receiver, name, a)
    for name in ("count", "find", "rfind", "index", "rindex", "startswith", "endswith"):
        for needle, start, end in itertools.product([b"a", b"", b"bc", 98, "a", None, 300], [0, 1, -1, 10, -10, None, 2**70, -2**70, "a", 1.5, Index(2), Bad()], [None, 0, 3, -1, 100, 2**70, "a", Index(4)]):
            show(receiver, name, needle, start, end)
    for name in ("replace", "split", "rsplit", "center", "ljust", "rjust", "insert", "maketrans", "decode", "translate", "hex"):
        for a, b in itertools.product(ARGUMENTS[:-4], [b"x", b"", b"xy", "x", 0, 1, -1, 5, None, True, 2**70, 1.5, bytearray(b"q"), Index(1)]):
            if name in ("center", "ljust", "rjust") and isinstance(a, int) and a > 10**6:
                continue
            show(receiver, name, a, b)
    for count in (0, 1, 2, -1, -5, 2**70, "a", None, 1.5, Index(1), True):
        show(receiver, "replace", b"a", b"zz", count)
        show(receiver, "replace", b"", b"-", count)
        show(receiver, "split", b"a", count)
        show(receiver, "rsplit", None, count)
        show(receiver, "split", sep=None, maxsplit=count)
        show(receiver, "splitlines", keepends=count)
        show(receiver, "expandtabs", tabsize=count) if count != 2**70 else None
    for table, delete in itertools.product([None, bytes(256), bytes(range(255, -1, -1)), bytes(255), b"", "a", 5, bytearray(range(256)), memoryview(bytes(range(256)))], [b"", b"ab", "a", None, 5, bytearray(b"c")]):
        show(receiver, "translate", table, delete)
        show(receiver, "translate", table, delete=delete)
for kind in (bytes, bytearray):
    for a in ARGUMENTS:
        if isinstance(a, int) and a > 10**6:
            continue
        call(f"{kind.__name__}({a!r})", kind, a)
        for b in ("utf-8", "ascii", "nope", None, 5, b"utf-8", "\ud800"):
            call(f"{kind.__name__}({a!r}, {b!r})", kind, a, b)
            call(f"{kind.__name__}({a!r}, errors={b!r})", lambda: kind(a, errors=b))
        call(f"{kind.__name__}({a!r}, 'ascii', 'replace')", kind, a, "ascii", "replace")
        call(f"{kind.__name__}({a!r}, 'ascii', 'replace', 1)", kind, a, "ascii", "replace", 1)
    for keywords in ({"source": b"a"}, {"encoding": "ascii"}, {"errors": "strict"}, {"source": "a", "encoding": "ascii"}, {"nope": 1}, {"source": "é", "encoding": "ascii", "errors": "ignore"}):
        call(f"{kind.__name__}(**{keywords})", lambda: kind(**keywords))
    for text in ("", "00", "0", "0 0", "00 ff", " 00\tff\n", "00\x0b0c", "gg", "é0", "0é", "00" * 20 + "x", "\ud800", "00\0", "٠٠", "AbCd", "  ", "a b", "\u200300"):
        call(f"{kind.__name__}.fromhex({text!r})", kind.fromhex, text)


class Bytes:
    def __init__(self, value): self.value = value
    def __bytes__(self): return self.value
    def __repr__(self): return f"Bytes({self.value!r})"


for value in (b"x", bytearray(b"x"), "x", None, 5, type("B", (bytes,), {})(b"sub")):
    for kind in (bytes, bytearray):
        call(f"{kind.__name__}({Bytes(value)!r})", kind, Bytes(value))
INDEXES = [0, -1, 5, 6, -6, -7, 2**70, Index(1), "a", 1.5, None, Bad(), slice(1, 3), slice(None), slice(None, None, 2), slice(None, None, -2), slice(5, 1), slice(0, 0), slice("a", 2), slice(0, 2**70), slice(0, 5, 0), (0,), ...]
VALUES = [65, 0, 255, 256, -1, b"A", b"", b"xyz", "A", None, 1.5, [65, 66, 67], [256], ["a"], bytearray(b"QQQ"), memoryview(b"mmm"), Index(67), Index(900), Odd(), Bad(), (1, 2, 3), range(3), 5]
for index in INDEXES:
    for receiver in (b"abcabc", bytearray(b"abcabc")):
        show(receiver, "__getitem__", index)
        show(receiver, "__delitem__", index)
    for value in VALUES:
        show(bytearray(b"abcabc"), "__setitem__", index, value)
for a, b in itertools.product([b"ab", bytearray(b"ab"), memoryview(b"ab"), "ab", 5, None, [97, 98], array.array("b", [97, 98])], repeat=2):
    import operator
    for name in ("add", "mul", "eq", "lt", "mod", "contains", "iadd", "concat", "and_"):
        call(f"{name}({a!r}, {b!r})", lambda: getattr(operator, name)(fresh(a) if isinstance(a, bytearray) else a, b))
for items in ([b"a", b"b"], [b"a", "b"], ["a"], [b"a", 5], [bytearray(b"x"), memoryview(b"y")], [memoryview(b"abcd")[::2], b""], (), 5, None, b"ab", "ab", {b"k": 1}, [None], iter([b"q"]), [[1]]):
    for joiner in (b"", b",", bytearray(b"-")):
        call(f"{joiner!r}.join({items!r})", joiner.join, items)
