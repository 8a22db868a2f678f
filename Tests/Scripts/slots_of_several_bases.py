"""What operators a class with several bases has: those of the first base, of the others, of both, in the order of the MRO."""
class Number:
    def __add__(self, other): return "Number.add"
    def __len__(self): return 1
    def __eq__(self, other): return "Number.eq"
    __hash__ = None

class Text:
    def __add__(self, other): return "Text.add"
    def __mul__(self, other): return "Text.mul"
    def __len__(self): return 2
    def __hash__(self): return 7
    def __getattr__(self, name): return "Text." + name
    def __call__(self): return "Text()"

class Both(Number, Text): pass
class Other(Text, Number): pass
class Own(Number, Text):
    def __len__(self): return 3
    __call__ = None

b, o, w = Both(), Other(), Own()
print(b + 1, o + 1, b * 1, o * 1, len(b), len(o), len(w))
# expect: Number.add Text.add Text.mul Text.mul 1 2 3
print(b == 1, o == 1, hash(o))
# expect: Number.eq Number.eq 7
try: hash(b)
except TypeError as e: print(e)
# expect: unhashable type: 'Both'
print(b.x, b(), o.y)
# expect: Text.x Text() Text.y
try: w()
except TypeError as e: print(e)
# expect: 'NoneType' object is not callable

# Diamonds: what the common base says comes last.
class Base:
    def __repr__(self): return "Base"
    def __str__(self): return "base"
class Left(Base): pass
class Right(Base):
    def __repr__(self): return "Right"
class Diamond(Left, Right): pass
print([Diamond()], Diamond())
# expect: [Right] base

# Builtin types as second bases; mixins before and behind.
class Mixin:
    def __getitem__(self, key): return ("mixin", key)
class A(Mixin, dict): pass
class B(dict, Mixin): pass
a, c = A(x=1), B(x=1)
print(a["x"], c["x"], len(a), "x" in a)
# expect: ('mixin', 'x') 1 1 True
class Bag(list, Mixin):
    def __iter__(self): return iter("bag")
print(list(Bag([1])), Bag([1])[0], Bag([1]) + [2])
# expect: ['b', 'a', 'g'] 1 [1, 2]

# Later changes reach the classes below, through whichever base.
Text.__neg__ = lambda self: "neg"
Number.__mul__ = lambda self, other: "Number.mul"
print(-b, b * 2, o * 2)
# expect: neg Number.mul Text.mul
del Number.__add__
print(b + 1)
# expect: Text.add
Both.__bases__ = (Text, Number)
print(len(b), b * 2)
# expect: 2 Text.mul

# A metaclass with an order of its own.
class Meta(type):
    def mro(cls): return [cls, Text, Number, object] if cls.__name__ == "Odd" else super().mro()
class Odd(Number, Text, metaclass=Meta): pass
print(Odd() + 1, len(Odd()))
# expect: Text.add 2
