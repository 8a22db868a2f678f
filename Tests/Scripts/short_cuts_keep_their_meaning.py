"""What the machine does in short cuts means what it meant: cached class attributes, placed calls, drained generators."""
class A:
    n = 1
    def m(self, x): return ('A.m', x)
    @staticmethod
    def s(x): return ('s', x)
    @classmethod
    def c(cls, x=0): return (cls.__name__, x)
    @property
    def p(self): return 5
class B(A):
    n = 2
def use(o, cls):
    r = []
    for i in range(4):
        r.append((o.s(i), o.c(i), cls.s(i), cls.c(i), cls.n, o.n, cls.m(o, i), o.p))
    return r[-1]
for o in (A(), B()):
    for cls in (A, B):
        print(use(o, cls))
A.n = 10
print(use(B(), A))
A.s = staticmethod(lambda x: ('new', x))
print(use(B(), A))
B.c = 7
try: use(B(), A)
except TypeError as e: print(e)
del B.c
b = B(); b.s = lambda x: ('own', x)
print(use(b, B), A.__name__, B.__mro__[1].__name__, A.p is A.__dict__['p'])
class M(type):
    x = 3
    @property
    def y(cls): return 4
class C(metaclass=M):
    z = 1
def q(c):
    return [(c.x, c.y, c.z) for _ in range(3)]
print(q(C))
def first(x): return x[0]
d = {(i, str(i)): i for i in range(50)}
print(sum(d[(i, str(i))] for i in range(50)), (1, 2) == (1, 2.0), (1,) == (1, 2), (1, (2, [3])) == (1, (2, [3])))
n = float('nan'); print((n,) == (n,), (1, 'a') != (1, 'b'))
print(str(5), str('a'), int('12'), int('-7'), int(3.9), float(2), bool([]), type(3), list('ab'), tuple([1]), set([1, 1]), list(), dict(), set(), int('+3'), int(' 4 '))
for bad in ('', '-', '1x', '٣'):
    try: print(int(bad))
    except ValueError as e: print(e)
try: int(float('inf'))
except OverflowError as e: print(e)
from collections import namedtuple
P = namedtuple('P', 'x y')
def pn(p): return [(p.x, p.y) for _ in range(3)][-1]
print(pn(P(1, 2)), pn(P(3, 4)))
try: pn(tuple.__new__(P, (1,)))
except IndexError as e: print(e)
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + (o.v if isinstance(o, V) else o))
    def __radd__(self, o): return V(self.v + o)
    def __eq__(self, o): return self.v == o.v
    def __hash__(self): return 3
    def __lt__(self, o): return self.v < o.v
    def __len__(self): return self.v
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
    def __call__(self, a, b=2, *, c=3): return (a, b, c)
    def __iter__(self): return iter([1, 2])
    def __bool__(self): return False
v = V(1) + V(2) + 3
print(v.v, (1 + v).v, V(1) == V(1), sorted([V(3), V(1)])[0].v, len(V(4)), V(1)[2], v(1), v(1, c=5), v(b=1, a=2), list(v), bool(v), {V(1): 2}[V(1)], max([V(1), V(9)]).v)
print(sorted(range(5), key=lambda x: -x), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(lambda x: x & 1, range(5))))
from functools import reduce, partial, cmp_to_key
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), partial(lambda a, b: (a, b), 1)(2), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
s = set(range(20))
try:
    for x in s: s.add(x + 100)
except RuntimeError as e: print(e)
def gen(n):
    for i in range(n): yield i
g = gen(5)
print(any(x == 2 for x in g), list(g), next(gen(3)))
def outer():
    r = yield from inner()
    yield r
def inner():
    x = yield 1
    yield x
    return 'ret'
print(list(outer()), sum(gen(4)), [*gen(2)], set(gen(3)), max(gen(3)))
def raising():
    yield 1
    raise ValueError('inside')
for f in (list, sum, set, max, any, all, sorted, tuple):
    try: f(raising())
    except ValueError as e: print(f.__name__, e)
try: print(any(x > 5 for x in raising()))
except ValueError as e: print('any', e)
class W:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return 'radd'
print(sum((W() for _ in range(2)), 0) if False else 1 + W())
try: W() + W()
except TypeError as e: print(e)
import itertools
print(list(zip([1, 2, 3], (x for x in 'ab'))), [a for a, b in zip([1, 2], itertools.count())], [(i, a) for i, (a, b) in enumerate({'x': 1}.items())])
try:
    for a, b in zip([1, 2], [1], strict=True): print(a, b)
except ValueError as e: print(e)
try:
    for a, b in zip([1], [1, 2], strict=True): print(a, b)
except ValueError as e: print(e)
class I(int): pass
print(type(I(3) + I(4)), I(7) % 3, True + True, True & True, (1 << 62) - 1 + 1, -(1 << 63) - 1, (1 << 40) * (1 << 40) // 3, -7 // -2, -7 % -3, 1 << 62, 3 >> 100, -3 >> 100)
x = [1, 2, 3]
x += (i for i in x[:2]); print(x)
def recursive(n): return sum(recursive(n - 1) for _ in range(1)) + 1 if n else 0
print(recursive(50))
def dflt(a, b=2, /, c=3, *, d=4): return a, b, c, d
def dflt2(a, b=2, /, c=3): return a, b, c
print(dflt(1), dflt(1, c=9, d=8), dflt2(1), dflt2(1, c=4))
for args in ((), (1, 2, 3, 4)):
    try: dflt2(*args)
    except TypeError as e: print(e)
for kw in ({'b': 1}, {'a': 1}, {'z': 1}, {'c': 1, 'z': 2}):
    try: dflt2(1, **kw)
    except TypeError as e: print(e)
print(f"{3.14159:.2f} {5:>6d}|{'ab':>6}|{-7:05d}|{-0.0:.1f}|{2.5:.0f}|{0.125:.2f}|{1e10:.3f}|{255:x}", "%.2f %d" % (2.675, 7))
for spec in ('<6', '^7', '>3', '06', '.3f', '10.2f', 'x', 'd', '', '0', '08.1f'):
    print([format(v, spec) if not (isinstance(v, float) and spec[-1:] in ('x', 'd')) else None for v in (3, -12, 2.5, -0.125, 1e15)])
print({1, 2, 3} | {4, 5, 6, 7, 8, 9}, {1, 2, 3} & {2, 5}, {1} ^ {2}, frozenset('a') | {'b', 'a'} == {'a', 'b'}, len({i % 7 for i in range(50)}))
a = {1, 2}; a &= {2, 3}; b = {5}; b.intersection_update([5, 6]); a |= b; a.clear(); a.add(4); print(a, b)
# expect: (('s', 3), ('A', 3), ('s', 3), ('A', 3), 1, 1, ('A.m', 3), 5)
# expect: (('s', 3), ('A', 3), ('s', 3), ('B', 3), 2, 1, ('A.m', 3), 5)
# expect: (('s', 3), ('B', 3), ('s', 3), ('A', 3), 1, 2, ('A.m', 3), 5)
# expect: (('s', 3), ('B', 3), ('s', 3), ('B', 3), 2, 2, ('A.m', 3), 5)
# expect: (('s', 3), ('B', 3), ('s', 3), ('A', 3), 10, 2, ('A.m', 3), 5)
# expect: (('new', 3), ('B', 3), ('new', 3), ('A', 3), 10, 2, ('A.m', 3), 5)
# expect: 'int' object is not callable
# expect: (('own', 3), ('B', 3), ('new', 3), ('B', 3), 2, 2, ('A.m', 3), 5) A A True
# expect: [(3, 4, 1), (3, 4, 1), (3, 4, 1)]
# expect: 1225 True False True
# expect: True True
# expect: 5 a 12 -7 3 2.0 False <class 'int'> ['a', 'b'] (1,) {1} [] {} set() 3 4
# expect: invalid literal for int() with base 10: ''
# expect: invalid literal for int() with base 10: '-'
# expect: invalid literal for int() with base 10: '1x'
# expect: 3
# expect: cannot convert float infinity to integer
# expect: (1, 2) (3, 4)
# expect: tuple index out of range
# expect: 6 7 True 1 4 2 (1, 2, 3) (1, 2, 5) (2, 1, 3) [1, 2] False 2 9
# expect: [4, 3, 2, 1, 0] [4, 6] [1, 3]
# expect: 24 (1, 2) [3, 2, 1]
# expect: Set changed size during iteration
# expect: True [3, 4] 0
# expect: [1, None, 'ret'] 6 [0, 1] {0, 1, 2} 2
# expect: list inside
# expect: sum inside
# expect: set inside
# expect: max inside
# expect: all inside
# expect: sorted inside
# expect: tuple inside
# expect: any inside
# expect: radd
# expect: unsupported operand type(s) for +: 'W' and 'W'
# expect: [(1, 'a'), (2, 'b')] [1, 2] [(0, 'x')]
# expect: 1 1
# expect: zip() argument 2 is shorter than argument 1
# expect: 1 1
# expect: zip() argument 2 is longer than argument 1
# expect: <class 'int'> 1 2 True 4611686018427387904 -9223372036854775809 402975273204876391568725 3 -1 4611686018427387904 0 -1
# expect: [1, 2, 3, 1, 2]
# expect: 50
# expect: (1, 2, 3, 4) (1, 2, 9, 8) (1, 2, 3) (1, 2, 4)
# expect: dflt2() missing 1 required positional argument: 'a'
# expect: dflt2() takes from 1 to 3 positional arguments but 4 were given
# expect: dflt2() got some positional-only arguments passed as keyword arguments: 'b'
# expect: dflt2() got some positional-only arguments passed as keyword arguments: 'a'
# expect: dflt2() got an unexpected keyword argument 'z'
# expect: dflt2() got an unexpected keyword argument 'z'
# expect: 3.14      5|    ab|-0007|-0.0|2|0.12|10000000000.000|ff 2.67 7
# expect: ['3     ', '-12   ', '2.5   ', '-0.125', '1000000000000000.0']
# expect: ['   3   ', '  -12  ', '  2.5  ', '-0.125 ', '1000000000000000.0']
# expect: ['  3', '-12', '2.5', '-0.125', '1000000000000000.0']
# expect: ['000003', '-00012', '0002.5', '-0.125', '1000000000000000.0']
# expect: ['3.000', '-12.000', '2.500', '-0.125', '1000000000000000.000']
# expect: ['      3.00', '    -12.00', '      2.50', '     -0.12', '1000000000000000.00']
# expect: ['3', '-c', None, None, None]
# expect: ['3', '-12', None, None, None]
# expect: ['3', '-12', '2.5', '-0.125', '1000000000000000.0']
# expect: ['3', '-12', '2.5', '-0.125', '1000000000000000.0']
# expect: ['000003.0', '-00012.0', '000002.5', '-00000.1', '1000000000000000.0']
# expect: {1, 2, 3, 4, 5, 6, 7, 8, 9} {2} {1, 2} True 7
# expect: {4} {5}
