def f(a: int, b: "s" = 1, *, k=2) -> float:
    "doc"
    return a
print(f.__annotations__, f.__doc__, f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__module__)
f.attr = 5
print(f.__dict__, f.attr)
c = f.__code__
print(c.co_argcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_consts, c.co_name, c.co_flags)
print(list(c.co_lines()), c == c.replace(), c.replace(co_name="g").co_name)
g = type(f)(c, {"__builtins__": {}}, "renamed", (7,))
print(g.__name__, g.__defaults__, g(1, k=3))
def h(): return 42
f.__code__ = h.__code__
print(f())
class A:
    def m(self): return self
a = A()
print(a.m.__func__ is A.m, a.m.__self__ is a, a.m == a.m, hash(a.m) == hash(a.m))
import sys
def caller():
    frame = sys._getframe()
    here = frame.f_lineno - frame.f_code.co_firstlineno
    x = 1
    return frame.f_code.co_name, frame.f_back.f_code.co_name, here, frame.f_locals["x"]
print(caller())
events = []
def tracer(frame, event, arg):
    events.append((event, frame.f_lineno - frame.f_code.co_firstlineno, arg if event == "return" else None))
    return tracer
def traced(n):
    total = 0
    for i in range(n):
        total += i
    return total
sys.settrace(tracer)
traced(2)
sys.settrace(None)
print(events)

# expect: {'a': <class 'int'>, 'b': 's', 'return': <class 'float'>} doc f f (1,) {'k': 2} __main__
# expect: {'attr': 5} 5
# expect: 2 1 3 ('a', 'b', 'k') ('doc',) f 67
# expect: [(0, 4, 3)] True g
# expect: renamed (7,) 1
# expect: 42
# expect: True True True True
# expect: ('caller', '<module>', 2, 1)
# expect: [('call', 0, None), ('line', 1, None), ('line', 2, None), ('line', 3, None), ('line', 2, None), ('line', 3, None), ('line', 2, None), ('line', 4, None), ('return', 4, 1)]
