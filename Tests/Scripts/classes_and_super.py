class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, kw)
        return {}
    def __new__(mcs, name, bases, ns, **kw):
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)

class A(metaclass=Meta, flag=1):
    x = 1
    def __init__(self, v): self.v = v
    def m(self): return self.v + self.x
    @property
    def p(self): return self.v * 2
    @staticmethod
    def s(a): return a + 1
    @classmethod
    def c(cls): return cls.__name__

class B(A):
    def __init__(self, v):
        super().__init__(v)
        self.w = v
    def m(self): return super().m() + 10
    def __getattr__(self, name): return "missing " + name

b = B(5)
print(b.m(), b.p, b.w, b.__dict__, b.s(1), B.c(), b.nope)
print([k.__name__ for k in B.__mro__])
class Base:
    def __init_subclass__(cls, **kw): print("sub", cls.__name__, kw)
class Derived(Base, tag=2): pass
class D:
    def __set_name__(self, owner, name): print("named", owner.__name__, name)
class Owner: d = D()
class Alias:
    def __mro_entries__(self, bases): return (A,)
class C(Alias()): pass
print(C.__bases__, C.__orig_bases__[0].__class__.__name__)
class Slots:
    __slots__ = ("a", "b")
s = Slots(); s.a = 1
print(s.a, hasattr(s, "b"))
try: s.c = 1
except AttributeError as e: print(e)
class Bad:
    def __init__(self): return 1
try: Bad()
except TypeError as e: print(e)
i = 0
class Scope:
    i = 5
    j = [i for _ in range(2)]
    def get(self): return i
print(Scope.j, Scope().get())

# expect: prepare A {'flag': 1}
# expect: prepare B {}
# expect: 16 10 5 {'v': 5, 'w': 5} 2 B missing nope
# expect: ['B', 'A', 'object']
# expect: sub Derived {'tag': 2}
# expect: named Owner d
# expect: prepare C {}
# expect: (<class '__main__.A'>,) Alias
# expect: 1 False
# expect: 'Slots' object has no attribute 'c'
# expect: __init__() should return None, not 'int'
# expect: [0, 0] 0
