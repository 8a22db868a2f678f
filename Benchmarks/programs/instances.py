"""Class instantiation: plain, slotted, keyword arguments, defaults."""
class Point:
    def __init__(self, x, y=0, *, label=None):
        self.x = x
        self.y = y
        self.label = label


class Slotted:
    __slots__ = ("a", "b", "c")

    def __init__(self, a, b, c):
        self.a = a
        self.b = b
        self.c = c


class Empty:
    pass


class Node:
    def __init__(self, value, following):
        self.value = value
        self.following = following


total = 0
for i in range(150000):
    p = Point(i, label=i & 3)
    q = Point(p.x, p.label)
    s = Slotted(q.x, q.y, p)
    e = Empty()
    e.tag = s.b
    total += e.tag + s.c.y
chain = None
for i in range(150000):
    chain = Node(i, chain)
while chain is not None:
    total += chain.value
    chain = chain.following
print(total)
