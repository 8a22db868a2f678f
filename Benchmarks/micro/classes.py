class _Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, other): return self
    def __radd__(self, other): return self
    def __eq__(self, other): return self.x == other.x
    def __lt__(self, other): return self.x < other.x
    def __hash__(self): return 3
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): pass
    def __len__(self): return 2
    def __bool__(self): return True
    def __call__(self, a): return a
    def __contains__(self, x): return True
    def __iter__(self): return iter((1, 2))
    def __neg__(self): return self
    def __repr__(self): return "v"
    def __str__(self): return "v"
    def __iadd__(self, other): return self
    def __enter__(self): return self
    def __exit__(self, *args): pass
    @property
    def p(self): return self.x
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls, a): return a

class _Plain: pass
class _Init:
    def __init__(self): pass
class _Base:
    def m(self, a): return a
    def __init__(self, a): self.a = a
class _Derived(_Base):
    def m(self, a): return super().m(a)
    def __init__(self, a): super().__init__(a)
class _Dynamic:
    def __getattr__(self, name): return 1
class _Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
class _Counter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n
class _Old:
    def __getitem__(self, i):
        if i > 9: raise IndexError
        return i
_v, _w = _Vector(1, 2), _Vector(3, 4)


def new_plain(n):
    for i in range(n): _Plain()

def new_init(n):
    for i in range(n): _Init()

def new_two_attributes(n):
    for i in range(n): _Vector(i, 2)

def new_super_init(n):
    for i in range(n): _Derived(i)

def new_slots(n):
    for i in range(n): _Slots()

def new_keyword(n):
    for i in range(n): _Vector(x=i, y=2)

def op_add(n):
    v, w = _v, _w
    for i in range(n): v + w

def op_radd(n):
    v = _v
    for i in range(n): i + v

def op_iadd(n):
    v, w = _v, _w
    for i in range(n): v += w

def op_neg(n):
    v = _v
    for i in range(n): -v

def op_eq(n):
    v, w = _v, _w
    for i in range(n): v == w

def op_lt(n):
    v, w = _v, _w
    for i in range(n): v < w

def op_if_lt(n):
    v, w = _v, _w
    for i in range(n):
        if v < w: pass

def op_getitem(n):
    v = _v
    for i in range(n): v[i]

def op_setitem(n):
    v = _v
    for i in range(n): v[i] = 1

def op_len(n):
    v = _v
    for i in range(n): len(v)

def op_bool(n):
    v = _v
    for i in range(n):
        if v: pass

def op_call(n):
    v = _v
    for i in range(n): v(i)

def op_contains(n):
    v = _v
    for i in range(n): i in v

def op_hash(n):
    v = _v
    for i in range(n): hash(v)

def op_iter(n):
    v = _v
    for i in range(n):
        for x in v: pass

def op_next(n):
    for x in _Counter(n): pass

def op_next_list(n):
    for i in range(n): list(_Counter(10))

def op_getitem_iter(n):
    o = _Old()
    for i in range(n):
        for x in o: pass

def op_str(n):
    v = _v
    for i in range(n): str(v)

def op_with(n):
    v = _v
    for i in range(n):
        with v: pass

def property_get(n):
    v = _v
    for i in range(n): v.p

def static_method(n):
    v = _v
    for i in range(n): v.s(i)

def class_method(n):
    v = _v
    for i in range(n): v.c(i)

def super_method(n):
    d = _Derived(1)
    for i in range(n): d.m(i)

def getattr_hook(n):
    d = _Dynamic()
    for i in range(n): d.x

def bound_method(n):
    f = _Base(1).m
    for i in range(n): f(i)

def attribute_set(n):
    v = _Plain()
    for i in range(n): v.a = i

def attribute_augmented(n):
    v = _Plain()
    v.a = 0
    for i in range(n): v.a += 1

def instance_dict_key(n):
    d = {_v: 1}
    v = _Vector(1, 5)
    for i in range(n): d[v]

def instance_identity_key(n):
    p = _Plain()
    d = {p: 1}
    for i in range(n): d[p]

def sort_instances(n):
    x = [_Vector((k * 7) % 20, 0) for k in range(20)]
    for i in range(n): sorted(x)

def define_class(n):
    for i in range(n):
        class C:
            a = 1
            def m(self): pass

def namedtuple_get(n):
    from collections import namedtuple
    p = namedtuple("P", "x y")(1, 2)
    for i in range(n): p.x

def namedtuple_new(n):
    from collections import namedtuple
    P = namedtuple("P", "x y")
    for i in range(n): P(i, 2)

def dataclass_eq(n):
    from dataclasses import dataclass
    @dataclass
    class D:
        a: int
        b: int
    x, y = D(1, 2), D(1, 2)
    for i in range(n): x == y

def enum_member(n):
    from enum import Enum
    class E(Enum):
        A = 1
        B = 2
    for i in range(n): E.A is E.B
