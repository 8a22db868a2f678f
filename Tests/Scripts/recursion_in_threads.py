"""Endless nesting in threads with small stacks is RecursionError or a result, never a crash."""
import copy, io, json, pickle, sys, threading


def outcome(f):
    try:
        f()
        return "result"
    except Exception:
        return "refused"


class Self:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
    def __call__(self): return self()
    def __getattr__(self, name): return getattr(self, name)
    def __iter__(self): return iter(self)
    def __add__(self, other): return self + other
    def __index__(self): return int(self)
    def __missing__(self, key): return self[key]
    def __getitem__(self, key): return self[key]
    def __instancecheck__(self, value): return isinstance(value, self)
    def __reduce__(self): return pickle.dumps(self)
    def __deepcopy__(self, memo): return copy.deepcopy(self, memo)


def nested(kind, n):
    value = kind(())
    for i in range(n): value = kind((value,))
    return value


def nested_dict(n):
    value = {}
    for i in range(n): value = {"a": value}
    return value


def f(n): return f(n + 1)
def g(*args, **kwargs): return g(*args, n=1)
def generator(): yield from generator()
def sorter(x): return sorted([2, 1], key=sorter)
class Meta(type):
    def __getattribute__(cls, name): return getattr(cls, name)
class WithMeta(metaclass=Meta): pass
class Property:
    @property
    def p(self): return self.p
    def __set_name__(self, owner, name): type("T", (), {"a": self})
    def __format__(self, spec): return f"{self}"
    def __contains__(self, x): return x in self
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __del__(self): pass


def enter():
    with Property(): pass


def raises(n=0):
    try: raises(n + 1)
    finally: raise ValueError


s, p, n = Self(), Property(), 20000
endless = [
    lambda: f(0), lambda: g(), lambda: list(generator()), lambda: repr(s), lambda: s == s, lambda: hash(s), lambda: s(), lambda: s.x,
    lambda: iter(s), lambda: s + 1, lambda: int(s), lambda: s[0], lambda: isinstance(1, s), lambda: copy.deepcopy(s),
    lambda: sorter(1), lambda: WithMeta.x, lambda: p.p, lambda: f"{p}", lambda: 1 in p, enter, lambda: type("T", (), {"a": p}),
    lambda: json.loads("[" * 100000), lambda: json.dumps(nested(list, n)), lambda: repr(nested(list, n)),
    lambda: pickle.dumps(nested(list, n)), lambda: copy.deepcopy(nested(list, n)), lambda: repr(nested_dict(n)),
    lambda: nested(list, n) == nested(list, n), lambda: max(iter(lambda: f(0), 1)), lambda: list(map(f, [1])),
    lambda: eval("f(0)"), lambda: exec("f(0)", globals()),
]
# Both ways are fine: what matters is that they end.
either = [
    lambda: nested(tuple, n), lambda: hash(nested(tuple, n)), lambda: nested(tuple, n) < nested(tuple, n), lambda: nested_dict(n),
    lambda: compile("(" * 150 + ")" * 150, "", "eval"), lambda: compile("-" * 50000 + "1", "", "eval"),
    lambda: compile("+".join(["1"] * 20000), "", "eval"), lambda: compile("a" + "()" * 20000, "", "eval"),
    lambda: isinstance(1, nested(tuple, n)), lambda: pickle.loads(b"(" * 100000 + b"t" * 100000 + b"."),
]


def run():
    out.append([outcome(x) for x in endless])
    for x in either: outcome(x)
    try: raises()
    except (ValueError, RecursionError) as e: out.append(len(repr(e)) > 0)


out = []
# CPython counts calls only: with a small stack it would crash.
for size in (0, 0) if sys.implementation.name == "cpython" else (1 << 18, 1 << 20):
    threading.stack_size(size)
    t = threading.Thread(target=run)
    t.start()
    t.join()
run()
print([set(o) if isinstance(o, list) else o for o in out])
# expect: [{'refused'}, True, {'refused'}, True, {'refused'}, True]
