# str is no variable-size type in CPython's sense: its subclasses may have slots, a __dict__ and weak references, whatever the
# text's length and kind. int, bytes and tuple refuse slots.
import copy
import weakref


class Token(str):
    __slots__ = ("kind", "line")


for text in ("", "a", "é" * 5, "€" * 100, "😀" * 33, "x" * 5000):
    t = Token(text)
    t.kind = text[:1]
    t.line = [len(text)]
    same = Token(text)
    print(t == text, hash(t) == hash(text), t.kind == text[:1], t.line, hasattr(same, "kind"), hasattr(t, "__dict__"))
# expect: True True True [0] False False
# expect: True True True [1] False False
# expect: True True True [5] False False
# expect: True True True [100] False False
# expect: True True True [33] False False
# expect: True True True [5000] False False

del t.kind
try:
    t.kind
except AttributeError as e:
    print(e)
# expect: 'Token' object has no attribute 'kind'


class Named(Token):
    __slots__ = ("name", "__weakref__")


class Open(Named):
    pass


o = Open("text")
o.kind, o.line, o.name, o.extra, o.more, o.third = 1, 2, 3, 4, 5, 6
print(o.kind, o.line, o.name, o.__dict__, weakref.ref(o)() is o, o.upper())
# expect: 1 2 3 {'extra': 4, 'more': 5, 'third': 6} True TEXT
twin = copy.copy(o)
print(twin, twin.kind, twin.name, twin.extra)
# expect: text 1 3 4


class Plain(str):
    pass


class Late(Plain):
    __slots__ = ("slot",)


l = Late("abc")
l.attribute = "a"
l.slot = "s"
print(l.attribute, l.slot, l.__dict__)
# expect: a s {'attribute': 'a'}

for base in (int, bytes, tuple, type):
    try:
        type("C", (base,), {"__slots__": ("a",)})
    except TypeError as e:
        print(e)
# expect: nonempty __slots__ not supported for subtype of 'int'
# expect: nonempty __slots__ not supported for subtype of 'bytes'
# expect: nonempty __slots__ not supported for subtype of 'tuple'
# expect: nonempty __slots__ not supported for subtype of 'type'
