# gc.collect() counts what lies in cycles, finalizers run before anything of a cycle is gone, weak references die in CPython's order.
import gc, weakref, sys
gc.disable()
gc.collect()


class Node:
    def __init__(self, name=""): self.name, self.me = name, self


def ring(n):
    nodes = [[] for i in range(n)]
    for a, b in zip(nodes, nodes[1:] + nodes[:1]): a.append(b)


ring(7)
print(gc.collect())
# expect: 7
x = {}
x[1] = [x, (x,)]
del x
print(gc.collect())
# expect: 3
for i in range(50): Node(i)
print(gc.collect())
# expect: 100


def counter():
    def f(): return f
    return f


counter()
print(gc.collect())
# expect: 3
for make in (list, dict, set): make()
print(gc.collect())
# expect: 0

kept = []


class Lazarus(Node):
    def __del__(self): kept.append((self.name, ref() is None))


node = Lazarus("in a ring")
ref = weakref.ref(node)
del node
print(gc.collect(), [k[1] for k in kept], gc.is_finalized(kept))
# expect: 2 [True] False
kept.clear()
gc.collect()


class Plain:
    def __del__(self): kept.append(ref() is None)


node = Plain()
ref = weakref.ref(node)
del node
gc.collect()
print(kept, ref() is None)
# expect: [False] True

# Callbacks of references that live, the latest first; none of those that die too.
calls = []
node = Node()
refs = [weakref.ref(node, lambda r, i=i: calls.append(i)) for i in range(3)]
node.own = weakref.ref(node, lambda r: calls.append("own"))
del node
gc.collect()
print(calls, [r() for r in refs])
# expect: [2, 1, 0] [None, None, None]

gc.set_debug(gc.DEBUG_SAVEALL)
Node("saved")
gc.collect()
gc.set_debug(0)
print([o.name for o in gc.garbage if isinstance(o, Node)])
# expect: ['saved']
gc.garbage.clear()
gc.collect()

phases = []
gc.callbacks.append(lambda phase, info: phases.append((phase, info["generation"], info["collected"])))
Node()
gc.collect(1)
gc.callbacks.clear()
print(phases)
# expect: [('start', 1, 0), ('stop', 1, 2)]
l = []
l.append(l)
print([any(l is o for o in gc.get_objects(generation=g)) for g in range(3)])
gc.collect(0)
print([any(l is o for o in gc.get_objects(generation=g)) for g in range(3)])
gc.collect(1)
print([any(l is o for o in gc.get_objects(generation=g)) for g in range(3)])
# expect: [True, False, False]
# expect: [False, True, False]
# expect: [False, False, True]
print([gc.is_tracked(o) for o in (1, "a", [], {}, {1: []}, (), object(), Node, Node(), int, gc, len, bytearray())])
# expect: [False, False, True, False, True, False, False, True, True, False, True, True, False]


# What an exception's handler, a generator and a call leave behind holds nothing.
class Watched: pass


def fails(w):
    inner = w
    raise ValueError


def handle():
    w = Watched()
    r = weakref.ref(w)
    try: fails(w)
    except ValueError: pass
    del w
    gc.collect()
    return r()


def pairs():
    w = Watched()
    r = weakref.ref(w)
    yield r
    yield [w].pop() is w
    del w
    yield r


g = pairs()
r = next(g), next(g), next(g)
gc.collect()
print(handle(), r[0]())
# expect: None None
w = Watched()
print(sys.getrefcount(w) >= 2, sys.getrefcount(w) < sys.getrefcount([w, w, w].pop()) + 1)
# expect: True True


class Chain:
    def __init__(self, n, log): self.n, self.log = n, log
    def __del__(self): self.log.append(self.n)


log = []
a, b, c = (Chain(i, log) for i in range(3))
a.next, b.next, c.next = b, c, a
del a, b, c
print(gc.collect(), log)
# expect: 6 [0, 1, 2]


# Items unpacked already are alive while the iterator makes the next.
def collecting():
    for i in range(3):
        yield [i]
        gc.collect()
        [[i] for i in range(100)]


a, b, c = collecting()
d, *e, f = collecting()
print(a, b, c, d, e, f, max(*collecting(), key=len), {**{str(x): x for x in collecting()}})
# expect: [0] [1] [2] [0] [[1]] [2] [0] {'[0]': [0], '[1]': [1], '[2]': [2]}
