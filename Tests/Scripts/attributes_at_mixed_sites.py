"""One piece of code that sees several classes, slots, properties and changed classes."""


class A:
    __slots__ = ("x", "y")

    @property
    def p(self): return self.x + 1


class B(A): pass


class C:
    def __init__(self): self.x = 0
    p = 5


class D:
    def __getattr__(self, name): return name


def look(o):
    result = []
    for name in ("x", "y"):
        try:
            result.append(o.x if name == "x" else o.y)
        except AttributeError as e:
            result.append(str(e))
    return result + [o.p]


objects = [A(), B(), C(), D()]
for i in range(3):
    for o in objects:
        o.x = i
print([look(o) for o in objects])
# expect: [[2, "'A' object has no attribute 'y'", 3], [2, "'B' object has no attribute 'y'", 3], [2, "'C' object has no attribute 'y'", 5], [2, 'y', 'p']]
A.p = property(lambda self: "changed")
del C.p
C.p = property(lambda self: self.x * 2)
print([look(o) for o in objects])
# expect: [[2, "'A' object has no attribute 'y'", 'changed'], [2, "'B' object has no attribute 'y'", 'changed'], [2, "'C' object has no attribute 'y'", 4], [2, 'y', 'p']]


class E:
    @property
    def deep(self): return self.deep


try:
    E().deep
except RecursionError as e:
    print("RecursionError")
# expect: RecursionError
