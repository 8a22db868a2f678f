"""Slices and ranges with huge ints, sorting with comparisons counted, operations of sets and views with odd operands."""
import itertools
import operator

from cases import Bad, Index, Odd, call

BIG = [None, 0, 1, -1, 2, 5, -5, 10, 2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**70, -2**70, True, Index(3)]
for start, stop, step in itertools.product(BIG, BIG, BIG):
    call(f"slice({start}, {stop}, {step})", lambda: (lambda s: [s.indices(n) for n in (0, 1, 7, 2**63, 2**70)])(slice(start, stop, step)))
for start, stop, step in itertools.product(BIG[::2], BIG[::2], [None, 1, -1, 2, -2, 2**63, -2**70, 0]):
    for value in ([1, 2, 3, 4, 5, 6], "abcdef", b"abcdef", (1, 2, 3), range(6), range(2**70, 2**70 + 9)):
        call(f"{value!r}[{start}:{stop}:{step}]", lambda: value[start:stop:step])
for a, b, c in itertools.product(["a", None, 1.5, Bad(), Index("x"), []], [0, None], [1, "b", None]):
    call(f"slice({a!r}, {b!r}, {c!r}).indices(5)", lambda: slice(a, b, c).indices(5))
    call(f"[][{a!r}:{b!r}:{c!r}]", lambda: [1, 2][a:b:c])
for n in (-1, "a", None, 1.5, Index(4), Bad(), 2**70):
    call(f"slice(1, 3).indices({n!r})", slice(1, 3).indices, n)
call("slices compare", lambda: [slice(1, 2) == slice(1, 2), slice(1) < slice(2), slice(None) == slice(None, None, None)])
call("slice hash", lambda: hash(slice(1)))
for arguments in ((), (1, 2, 3, 4)):
    call(f"slice{arguments}", slice, *arguments)
    call(f"range{arguments}", range, *arguments)
ENDS = [0, 1, 10, -10, 2**63, -2**63, 2**70, -2**70, True]
for start, stop, step in itertools.product(ENDS, ENDS, [1, -1, 3, -7, 2**62, 2**70, -2**70, 0]):
    def facts():
        r = range(start, stop, step)
        answers = [repr(r), bool(r), hash(r) == hash(range(start, stop, step)), r.start, r.stop, r.step]
        for use in (lambda: len(r), lambda: r[0], lambda: r[-1], lambda: r[2**65], lambda: r[1:3], lambda: r[::-2], lambda: list(itertools.islice(r, 3)), lambda: list(itertools.islice(reversed(r), 3)), lambda: 7 in r, lambda: 2**65 in r, lambda: r.index(start), lambda: r.index(2**65), lambda: r.count(1), lambda: r == range(start, stop, step), lambda: r == range(0), *((lambda: r.count(1.0), lambda: "a" in r, lambda: r.index("a"), lambda: 1.5 in r) if abs(stop - start) < 100 else ())):
            try:
                answers.append(use())
            except Exception as e:
                answers.append(f"{type(e).__name__}: {e}")
        return answers
    call(f"range({start}, {stop}, {step})", facts)
for bad in ("a", None, 1.5, [], Bad(), Index("x"), 1j):
    for arguments in ((bad,), (1, bad), (1, 5, bad), (bad, 5)):
        call(f"range{arguments!r}", range, *arguments)
call("range(stop=5)", lambda: range(stop=5))


class Counted:
    """Counts and records how it is compared."""
    log = []
    def __init__(self, value): self.value = value
    def __lt__(self, other):
        self.log.append((self.value, other.value))
        return self.value < other.value
    def __repr__(self): return f"C{self.value}"


import random  # noqa: E402
random.seed(310)
for size in (0, 1, 2, 3, 5, 10, 31, 32, 63, 64, 65, 100, 200, 1000):
    for kind in ("random", "sorted", "reversed", "equal", "few", "runs", "last"):
        values = {"random": lambda: [random.randrange(10 * size + 1) for _ in range(size)], "sorted": lambda: list(range(size)), "reversed": lambda: list(range(size, 0, -1)), "equal": lambda: [1] * size, "few": lambda: [random.randrange(4) for _ in range(size)],
                  "runs": lambda: [i % 17 + i // 40 for i in range(size)], "last": lambda: list(range(size)) + [-1]}[kind]()
        for reverse in (False, True):
            def ordered():
                Counted.log = []
                answer = sorted(map(Counted, values), reverse=reverse)
                return len(Counted.log), hash(tuple(Counted.log)), hash(tuple(c.value for c in answer))
            call(f"sorted {size} {kind} reverse={reverse}", ordered)
            call(f"sorted with key {size} {kind} reverse={reverse}", lambda: hash(tuple(sorted(values, key=lambda v: -v // 3, reverse=reverse))))
            call(f"list.sort of pairs {size} {kind} {reverse}", lambda: hash(tuple(sorted(enumerate(values), key=operator.itemgetter(1), reverse=reverse))))
        def smallest():
            Counted.log = []
            items = list(map(Counted, values))
            return (min(items), max(items) if not hasattr(Counted, "__gt__") else None, len(Counted.log)) if items else None
        call(f"min {size} {kind}", smallest)
MIXED = [[1, "a"], ["a", 1], [None, 1], [1, None], [(1, 2), (1, "a")], [1, 1.5, True], [1j, 2j], [{}, {}], [set(), {1}], [b"a", "a"], [[1], [2], [1, 2]], [Odd(), Odd()], [Bad(), Bad()], [float("nan"), 1.0, 0.5], [2**70, 1.5, -2**70], ["b", "a", "é", "\U0001f600", ""], [(1,), (0, 5), ()], [(1, "b"), (1, "a"), (0, "z")], [(None,), (None,)], [(1, None), (1, None)], [True, 0, 0.5], [int, str], 5, None, "hello", {3: 1, 1: 2}, range(5, 0, -1)]
for values in MIXED:
    for keywords in ({}, {"reverse": True}, {"key": None}, {"key": str}, {"key": len}, {"key": 5}, {"reverse": "x"}, {"reverse": Bad()}, {"reverse": None}, {"reverse": 1.5}, {"key": lambda v: (v, v)}, {"nope": 1}):
        call(f"sorted({values!r}, {list(keywords)} {list(map(type, keywords.values()))})", lambda: sorted(values, **keywords))
        call(f"min/max({values!r}, {list(keywords)})", lambda: (min(values, **keywords), max(values, **keywords)))
def changing():
    items = [3, 1, 2]
    try:
        items.sort(key=lambda v: items.append(v) or v)
    except ValueError as e:
        return str(e), items
call("a list that its key function changes", changing)
def seen():
    items = [3, 1, 2]
    lengths = []
    items.sort(key=lambda v: lengths.append(len(items)) or v)
    return lengths, items
call("a list while it is sorted", seen)
def failing():
    items = [3, 1, 2, 5, 4]
    try:
        items.sort(key=lambda v: 1 // (v - 2))
    except ZeroDivisionError:
        return items
call("a list whose key function fails", failing)
for arguments in ((), ([1], len), ([1], None, True), (5,)):
    call(f"sorted{arguments!r}", sorted, *arguments)
    call(f"[].sort{arguments!r}", [2, 1].sort, *arguments)

D = {1: "a", "b": 2, None: 3}
OPERANDS = ["set()", "{1, 'b'}", "frozenset({1, 2})", "{1: 5}.keys()", "{1: 'a'}.items()", "{1: 'a'}.values()", "[1, 'b']", "(1,)", "'b1'", "5", "None", "{1: 2}", "iter([1])", "[[]]", "{1: []}.items()", "[(1, 'a')]", "range(3)", "Odd()", "Bad()", "[1, 1]", "D.keys()", "D.items()", "b'ab'", "{}"]
NAMES = {"D": D, "Odd": Odd, "Bad": Bad}
for left in ("D.keys()", "D.items()", "D.values()", "{1, 'b', None}", "frozenset({1, 'b'})", "{1: []}.items()", "{}.keys()", "set()"):
    for right in OPERANDS:
        for name in ("and_", "or_", "sub", "xor", "le", "lt", "ge", "gt", "eq", "ne", "iand", "ior", "isub", "ixor", "contains", "add"):
            for a, b in ((left, right), (right, left)):
                call(f"{name}({a}, {b})", lambda: (lambda r: sorted(r, key=repr) if isinstance(r, (set, frozenset)) else r)(getattr(operator, name)(eval(a, NAMES), eval(b, NAMES))))
        for name in ("isdisjoint", "union", "intersection", "difference", "symmetric_difference", "update", "intersection_update", "difference_update", "symmetric_difference_update", "issubset", "issuperset", "add", "remove", "discard", "__contains__", "mapping", "__and__", "__rsub__", "__ror__", "__eq__", "__lt__"):
            def operate():
                s = eval(left, NAMES)
                r = getattr(s, name)
                r = r(eval(right, NAMES)) if callable(r) else r
                return sorted(r, key=repr) if isinstance(r, (set, frozenset)) else r, sorted(s, key=repr) if isinstance(s, set) else None
            call(f"{left}.{name}({right})", operate)
for name in ("union", "intersection", "difference", "update", "intersection_update", "difference_update", "symmetric_difference", "isdisjoint", "pop", "copy", "clear"):
    for arguments in ((), ([1], [2]), ([1], 5), (5, [1]), ([1, 2], {1: 2}, "1"), ([[]],)):
        def operate():
            s = {1, 2, "1"}
            r = getattr(s, name)(*arguments)
            return sorted(map(repr, r)) if isinstance(r, set) else r if name != "pop" else None, sorted(map(repr, s)) if name != "pop" else None
        call(f"set.{name}{arguments!r}", operate)
for text in ("dict([1])", "dict([(1, 2, 3)])", "dict(['ab', 'cd'])", "dict(['abc'])", "dict(5)", "dict(None)", "dict([[1]])", "dict([[[], 1]])", "dict({1: 2}, a=3)", "dict([(1, 2)], **{'x': 1})", "dict({}, {})", "{**5}", "{**{1: 2}, **{1: 3}}", "{}.update(5)", "{}.update([1])", "{}.update(a=1)", "{}.update({}, {})", "{} | 5", "{1: 2} | {1: 3}", "{1: 2} | [(1, 3)]",
             "{1: 2}.__ior__([(1, 3)])", "{1: 2}.__ior__(5)", "{}.setdefault([])", "{}.setdefault()", "{}.get([])", "{}.pop(1)", "{}.pop(1, 2)", "{}.pop(1, 2, 3)", "{}.popitem()", "{1: 2}.popitem(1)", "dict.fromkeys(5)", "dict.fromkeys([[]])", "dict.fromkeys('ab', 1)", "dict.fromkeys({1: 2}, 3)", "dict.fromkeys()", "{[]: 1}", "{1, []}", "{}[[]]", "{}['k']", "{(1, []): 2}", "len({}, 1)", "reversed({1: 2}.keys())", "list(reversed({1: 2, 3: 4}.items()))", "{}.keys() == []", "{}.items() == set()", "{1: 2}.values() == {1: 2}.values()", "hash({}.keys())", "{1: 2}.keys().mapping", "{}.copy(1)", "frozenset(5)", "set(5)", "set([[]])", "set(1, 2)", "set(x=1)", "frozenset(x=1)", "{}.fromkeys([1, 2])", "type({1: 2}.keys().mapping)"):
    call(text, lambda: eval(text))
