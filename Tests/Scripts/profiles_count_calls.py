# _lsprof: calls, recursion, times by a timer of one's own, who called whom.
import _lsprof, sys

ticks = 0
def timer():
    global ticks
    ticks += 1
    return ticks

def leaf(): len([1])
def tree(n):
    if n: tree(n - 1)
    leaf()
    [].append(n)

def show(profiler):
    def name(code): return code if isinstance(code, str) else code.co_name
    rows = []
    for entry in profiler.getstats():
        calls = entry.calls and sorted((name(c.code), c.callcount, c.reccallcount, c.totaltime, c.inlinetime) for c in entry.calls)
        rows.append((name(entry.code), entry.callcount, entry.reccallcount, entry.totaltime, entry.inlinetime, calls))
    for row in sorted(rows): print(row)

profiler = _lsprof.Profiler(timer, 0.5)
profiler.enable()
tree(2)
profiler.disable()
show(profiler)
profiler.clear()
print(profiler.getstats())
profiler.enable(subcalls=False, builtins=False)
tree(1)
print(sys.getprofile() is profiler)
profiler.disable()
print(sys.getprofile())
show(profiler)

def fails():
    try: len(3)
    except TypeError: pass
    return ''.join(dict.fromkeys('ab')).upper()
profiler = _lsprof.Profiler(timer, 1)
profiler.enable()
fails()
list(i for i in range(2))
profiler.disable()
show(profiler)
print(_lsprof.Profiler().getstats(), type(profiler.getstats()[0]).__name__)
try: _lsprof.Profiler(None, 'x')
except TypeError as problem: print(problem)

import cProfile
p = cProfile.Profile()
print(p.runcall(lambda a: a * 2, 21), sorted(e.callcount for e in p.getstats()))
# expect: ('<built-in method builtins.len>', 3, 0, 1.5, 1.5, None)
# expect: ("<method 'append' of 'list' objects>", 3, 0, 1.5, 1.5, None)
# expect: ("<method 'disable' of '_lsprof.Profiler' objects>", 1, 0, 0.5, 0.5, None)
# expect: ('leaf', 3, 0, 4.5, 3.0, [('<built-in method builtins.len>', 3, 0, 1.5, 1.5)])
# expect: ('tree', 3, 2, 11.5, 5.5, [("<method 'append' of 'list' objects>", 3, 0, 1.5, 1.5), ('leaf', 3, 0, 4.5, 3.0), ('tree', 2, 1, 7.5, 3.5)])
# expect: []
# expect: True
# expect: None
# expect: ('leaf', 2, 0, 1.0, 1.0, None)
# expect: ('tree', 2, 1, 3.5, 2.5, None)
# expect: ('<built-in method builtins.len>', 1, 0, 1.0, 1.0, None)
# expect: ('<built-in method fromkeys>', 1, 0, 1.0, 1.0, None)
# expect: ('<genexpr>', 3, 0, 3.0, 3.0, None)
# expect: ("<method 'disable' of '_lsprof.Profiler' objects>", 1, 0, 1.0, 1.0, None)
# expect: ("<method 'join' of 'str' objects>", 1, 0, 1.0, 1.0, None)
# expect: ("<method 'upper' of 'str' objects>", 1, 0, 1.0, 1.0, None)
# expect: ('fails', 1, 0, 9.0, 5.0, [('<built-in method builtins.len>', 1, 0, 1.0, 1.0), ('<built-in method fromkeys>', 1, 0, 1.0, 1.0), ("<method 'join' of 'str' objects>", 1, 0, 1.0, 1.0), ("<method 'upper' of 'str' objects>", 1, 0, 1.0, 1.0)])
# expect: [] profiler_entry
# expect: must be real number, not str
# expect: 42 [1, 1]
