# Operators do not take a NaN for equal to itself, however the comparison is compiled; containers do.
nan = float('nan')
def value(a, b): return a == b, a != b, a < b, a <= b, a > b, a >= b
def branch(a, b):
    r = []
    if a == b: r.append('==')
    if a != b: r.append('!=')
    if not a == b: r.append('not ==')
    while a == b: r.append('while'); break
    return r
print(nan == nan, nan != nan, value(nan, nan), value(nan, 1.0), value(1.5, 1.5), branch(nan, nan), branch(2.5, 2.5))
print(eval('n == n', {'n': nan}), [x == x for x in [nan]], (lambda x: x != x)(nan), nan == 1, nan != 1, nan < 2)
print([nan] == [nan], nan in [nan], (nan,) == (nan,), {nan: 1} == {nan: 1})
# expect: False True (False, True, False, False, False, False) (False, True, False, False, False, False) (True, False, False, True, False, True) ['!=', 'not =='] ['==', 'while']
# expect: False [False] True False True False
# expect: True True True True
