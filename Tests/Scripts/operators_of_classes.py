# Special methods of Python classes run as frames of the loop: what is asked, in which order, what errors and tracebacks say.
import sys, gc, traceback

log = []
def said():
    text = " ".join(log)
    log.clear()
    return text
def t(function):
    try: print(function(), "|", said())
    except BaseException as e: print(type(e).__name__, e, "|", said())

class A:
    answer = 1
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name
def define(cls, who, names, answer):
    for name in names.split():
        def method(self, *args, name=name):
            log.append("%s.%s%s" % (self, name, args))
            return answer
        def plain(self, other, method=method): return method(self, other)
        setattr(cls, "__%s__" % name, plain)

class Left(A): pass
class Right(A): pass
class Sub(Left): pass
class Quiet(A): pass
BIN = "add sub mul truediv floordiv mod lshift rshift and or xor matmul"
define(Left, "L", BIN, "left")
define(Quiet, "Q", BIN, NotImplemented)
define(Right, "R", " ".join("r" + n for n in BIN.split()), "right")
define(Sub, "S", "radd", "sub")
l, r, s, q = Left("l"), Right("r"), Sub("s"), Quiet("q")
t(lambda: (l + r, l - r, l * r, l / r, l // r, l % r, l << r, l >> r, l & r, l | r, l ^ r, l @ r))
t(lambda: (q + r, q - r, q * r, q / r, q // r, q % r, q << r, q >> r, q & r, q | r, q ^ r, q @ r))
t(lambda: (l + 1, l * 2.5, l - "x"))
t(lambda: (1 + r, 2.5 * r, True + r, 10 ** 30 + r, "x" + r))
t(lambda: l + s)
t(lambda: q + 1)
t(lambda: q + q)
t(lambda: q * 2)
t(lambda: 2 * q)
t(lambda: 1 + l)
def inplace(x, y):
    x += y
    return x
t(lambda: inplace(l, 1))
t(lambda: inplace(q, 1))
t(lambda: inplace(q, r))
t(lambda: inplace(1, r))
class In(A): pass
define(In, "I", "iadd", "in")
define(In, "I", "add", "plain")
class InQuiet(A): pass
define(InQuiet, "I", "iadd", NotImplemented)
define(InQuiet, "I", "add", "plain")
t(lambda: inplace(In("i"), 1))
t(lambda: inplace(InQuiet("i"), 1))
class L(list):
    def __add__(self, other): return NotImplemented
    def __iadd__(self, other): return NotImplemented
    def __mul__(self, other): return NotImplemented
t(lambda: (L([1]) + [2], inplace(L([1]), [2]), L([1]) * 2))
class I(int):
    def __add__(self, other): return "I"
    def __radd__(self, other): return "rI"
t(lambda: (I(1) + 1, 1 + I(1), 1.5 + I(1), I(1) + I(2)))

# Comparisons, as values and as conditions.
class C(A):
    def __lt__(self, other): log.append("lt"); return self.answer
    def __eq__(self, other): log.append("eq"); return self.answer
    def __gt__(self, other): log.append("gt"); return self.answer
class D(C): pass
class E(A):
    def __gt__(self, other): log.append("E.gt"); return "yes"
    def __eq__(self, other): log.append("E.eq"); return []
def branches(x, y):
    out = []
    if x < y: out.append("<")
    if x == y: out.append("==")
    if not x == y: out.append("not ==")
    if x > y: out.append(">")
    n = 0
    while x < y and n < 2: n += 1
    return out, n
c, d, e = C("c"), D("d"), E("e")
for answer in (1, 0, [], "x", NotImplemented):
    C.answer = answer
    t(lambda: (c == d, c == 1, c != d, d == c))
    t(lambda: branches(c, e))
    t(lambda: branches(c, 5) if answer is not NotImplemented else c == 5)
    t(lambda: c < 5)
    t(lambda: c < c)
t(lambda: e < e)
class Bad:
    def __bool__(self): return 1
    def __lt__(self, other): return self
    def __contains__(self, x): return self
bad = Bad()
t(lambda: 1 if bad else 2)
t(lambda: not bad)
t(lambda: 1 if bad < 1 else 2)
t(lambda: 1 in bad)
class Truth:
    def __init__(self, v): self.v = v
    def __bool__(self): log.append("bool"); return self.v
def truths(v):
    out = []
    if v: out.append("if")
    if not v: out.append("if not")
    out.append(not v)
    out.append("and" if v and v else "or" if v or v else "none")
    return out
t(lambda: truths(Truth(True)))
t(lambda: truths(Truth(False)))

# Items, membership, calls, unary operators.
class Box:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v; return "ignored"
    def __contains__(self, k): return k in self.d and "yes"
    def __call__(self, *a, **k): return a, k
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
def boxes():
    b = Box()
    b[1] = 2
    b["k"] = b[1]
    b[1] += 5
    return b[1], b["k"], 1 in b, 2 in b, 2 not in b, -b, +b, ~b, b(1, x=2), b(*(1, 2)), (1 if "k" in b else 0)
t(boxes)
t(lambda: Box()["missing"])
class Simple:
    def __call__(self, a, b=2): return a, b
t(lambda: (Simple()(1), Simple()(1, 3), Simple()(a=5)))
t(lambda: Simple()())

# Iteration: StopIteration ends the loop wherever it comes from, other errors leave it.
class Count:
    def __init__(self, n, error=StopIteration): self.n, self.error = n, error
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise self.error("end")
        self.n -= 1
        return self.n
def loop(it):
    out = []
    for x in it: out.append(x)
    else: out.append("else")
    return out
t(lambda: loop(Count(3)))
t(lambda: loop(Count(2, ValueError)))
class Pairs(Count):
    def __next__(self): return super().__next__(), 7
def pairs():
    out = []
    for a, b in Pairs(3): out.append(a * b)
    return out
t(pairs)
def nested():
    return [(a, b) for a in Count(2) for b in Count(2) if a or b]
t(nested)
def in_generator():
    for x in Count(2): yield x
    yield "end"
t(lambda: list(in_generator()))
def handled():
    try: raise KeyError("outer")
    except KeyError:
        for x in Count(1): pass
        return repr(sys.exc_info()[1])
t(handled)
class Direct:
    def __iter__(self): return self
    def __next__(self): return next(iter(()))
t(lambda: loop(Direct()))

# with
class Manager:
    def __enter__(self): log.append("enter"); return "as"
    def __exit__(self, *a): log.append("exit %s" % (a[0] and a[0].__name__)); return True
def managed(fail):
    with Manager() as m:
        log.append(m)
        if fail: raise ValueError
    return "after"
t(lambda: managed(False))
t(lambda: managed(True))
class NoExit:
    def __enter__(self): pass
def no_exit():
    with NoExit(): pass
t(no_exit)
class EnterFails(Manager):
    def __enter__(self): raise KeyError("in")
def enter_fails():
    with EnterFails(): pass
t(enter_fails)

# Errors inside show both frames; recursion ends; a collection inside keeps the operands.
class Fails:
    def __add__(self, other): raise ValueError("in add")
def adds(): return Fails() + 1
try: adds()
except ValueError as error: print([(f.name, f.line) for f in traceback.extract_tb(error.__traceback__)][1:])
class Deep:
    def __add__(self, other): return self + other
    def __lt__(self, other): return self < other
    def __getitem__(self, k): return self[k]
    def __next__(self):
        for x in self: pass
    def __iter__(self): return self
for f in (lambda: Deep() + 1, lambda: Deep() < 1, lambda: Deep()[0], lambda: loop(Deep())):
    try: f()
    except RecursionError as e: print("RecursionError")
class Collects:
    def __add__(self, other): gc.collect(); return NotImplemented
    def __lt__(self, other): gc.collect(); return NotImplemented
class Other:
    def __init__(self): self.items = [1, 2]
    def __radd__(self, other): return self.items
    def __gt__(self, other): return self.items
t(lambda: (Collects() + Other(), Collects() < Other()))
t(lambda: [1, 2, 3] if Collects() < Other() else 0)
# A class that changes while an operator runs, and a method that is removed.
class Changing:
    def __add__(self, other):
        Changing.__add__ = lambda self, other: "new"
        return "old"
x = Changing()
t(lambda: (x + 1, x + 1))
del Changing.__add__
t(lambda: x + 1)
class Made:
    def __init__(self, a): self.a = a
def made(): return [Made(i).a for i in range(3)]
t(made)
Made.__init__ = lambda self, a: setattr(self, "a", -a)
t(made)
Made.__new__ = lambda cls, a: "not one"
t(lambda: [Made(i) for i in range(2)])
# expect: ('left', 'left', 'left', 'left', 'left', 'left', 'left', 'left', 'left', 'left', 'left', 'left') | l.add(r,) l.sub(r,) l.mul(r,) l.truediv(r,) l.floordiv(r,) l.mod(r,) l.lshift(r,) l.rshift(r,) l.and(r,) l.or(r,) l.xor(r,) l.matmul(r,)
# expect: ('right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right') | q.add(r,) r.radd(q,) q.sub(r,) r.rsub(q,) q.mul(r,) r.rmul(q,) q.truediv(r,) r.rtruediv(q,) q.floordiv(r,) r.rfloordiv(q,) q.mod(r,) r.rmod(q,) q.lshift(r,) r.rlshift(q,) q.rshift(r,) r.rrshift(q,) q.and(r,) r.rand(q,) q.or(r,) r.ror(q,) q.xor(r,) r.rxor(q,) q.matmul(r,) r.rmatmul(q,)
# expect: ('left', 'left', 'left') | l.add(1,) l.mul(2.5,) l.sub('x',)
# expect: ('right', 'right', 'right', 'right', 'right') | r.radd(1,) r.rmul(2.5,) r.radd(True,) r.radd(1000000000000000000000000000000,) r.radd('x',)
# expect: sub | s.radd(l,)
# expect: TypeError unsupported operand type(s) for +: 'Quiet' and 'int' | q.add(1,)
# expect: TypeError unsupported operand type(s) for +: 'Quiet' and 'Quiet' | q.add(q,)
# expect: TypeError unsupported operand type(s) for *: 'Quiet' and 'int' | q.mul(2,)
# expect: TypeError unsupported operand type(s) for *: 'int' and 'Quiet' | 
# expect: TypeError unsupported operand type(s) for +: 'int' and 'Left' | 
# expect: left | l.add(1,)
# expect: TypeError unsupported operand type(s) for +=: 'Quiet' and 'int' | q.add(1,)
# expect: right | q.add(r,) r.radd(q,)
# expect: right | r.radd(1,)
# expect: in | i.iadd(1,)
# expect: plain | i.iadd(1,) i.add(1,)
# expect: TypeError unsupported operand type(s) for +: 'L' and 'list' | 
# expect: ('I', 'rI', 2.5, 'I') | 
# expect: (1, 1, False, 1) | eq eq eq eq
# expect: (['<', '==', '>'], 2) | lt eq eq gt lt lt lt
# expect: (['<', '==', '>'], 2) | lt eq eq gt lt lt lt
# expect: 1 | lt
# expect: 1 | lt
# expect: (0, 0, True, 0) | eq eq eq eq
# expect: (['not =='], 0) | lt eq eq gt lt
# expect: (['not =='], 0) | lt eq eq gt lt
# expect: 0 | lt
# expect: 0 | lt
# expect: ([], [], True, []) | eq eq eq eq
# expect: (['not =='], 0) | lt eq eq gt lt
# expect: (['not =='], 0) | lt eq eq gt lt
# expect: [] | lt
# expect: [] | lt
# expect: ('x', 'x', False, 'x') | eq eq eq eq
# expect: (['<', '==', '>'], 2) | lt eq eq gt lt lt lt
# expect: (['<', '==', '>'], 2) | lt eq eq gt lt lt lt
# expect: x | lt
# expect: x | lt
# expect: (False, False, True, False) | eq eq eq eq eq eq eq
# expect: TypeError '>' not supported between instances of 'C' and 'E' | lt E.gt eq E.eq eq E.eq gt
# expect: False | eq
# expect: TypeError '<' not supported between instances of 'C' and 'int' | lt
# expect: TypeError '<' not supported between instances of 'C' and 'C' | lt gt
# expect: yes | E.gt
# expect: TypeError __bool__ should return bool, returned int | 
# expect: TypeError __bool__ should return bool, returned int | 
# expect: TypeError __bool__ should return bool, returned int | 
# expect: TypeError __bool__ should return bool, returned int | 
# expect: ['if', False, 'and'] | bool bool bool bool bool
# expect: ['if not', True, 'none'] | bool bool bool bool bool bool
# expect: (7, 2, True, False, True, 'neg', 'pos', 'inv', ((1,), {'x': 2}), ((1, 2), {}), 1) | 
# expect: KeyError 'missing' | 
# expect: ((1, 2), (1, 3), (5, 2)) | 
# expect: TypeError Simple.__call__() missing 1 required positional argument: 'a' | 
# expect: [2, 1, 0, 'else'] | 
# expect: ValueError end | 
# expect: [14, 7, 0] | 
# expect: [(1, 1), (1, 0), (0, 1)] | 
# expect: [1, 0, 'end'] | 
# expect: KeyError('outer') | 
# expect: ['else'] | 
# expect: after | enter as exit None
# expect: after | enter as exit ValueError
# expect: AttributeError __exit__ | 
# expect: KeyError 'in' | 
# expect: [('adds', 'def adds(): return Fails() + 1'), ('__add__', 'def __add__(self, other): raise ValueError("in add")')]
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: ([1, 2], [1, 2]) | 
# expect: [1, 2, 3] | 
# expect: ('old', 'new') | 
# expect: TypeError unsupported operand type(s) for +: 'Changing' and 'int' | 
# expect: [0, 1, 2] | 
# expect: [0, -1, -2] | 
# expect: ['not one', 'not one'] | 
