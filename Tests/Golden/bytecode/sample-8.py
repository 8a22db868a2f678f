(('a'*3)).p = True, y, (1e300*1e10)
del self
assert [(((z.q) not in (-((1))())) and ({
   _u: c} or [
   z]) and 
   True and ('k')((c @ a)))
    for x in {1, 2}]
for self in (
 ((...)).q(((True <= b <= a
    is not 
 (0.0)) and (0.0) and ([z for x in [x]])[((-1) and (False) and 
 a and x)] and a)) or 
 f' {x.q =}{x.q!s}' or [(['x', 'x', 'x', 'x'] == (1
  // (lambda e, __f, /, **kwargs: z)) in f'{b(1)!s:{a}.{b!r}}é' > x) for i in [x] if {z((lambda c, a, x: 1), a, ((None)).__m(x), w=True) for (i, *j) in [a((c or (0.0) or a))]} if (None)]):
 del self[1]
 while [None, 3.0]:
  assert {[a for x in x if (x or [{y
  for i in {1, 2}
  if super}
   for i, j in [y]])] for i in [1, 2] if (z
  if (255 if 1 else 2) else __private) if y.p(k='k')
  for i, j in (y,)}
[1]
match z[[(a := (not 0)), x]]:
 case ([v, *rest, _] as n0) if x:
  with (((((1,'a',b'c')))(*self, b), (a,),) or (lambda __f=('s'), a=1, x=b: (2**10)) or (10**20) or __dunder__) as c:
   for c in {1, 2}:
    pass
   else:
    try:
     class _D:
      assert ({((a.__m(__dunder__, *(~5), b, v=(5%3)
   ) <= self is not z((2j), w=a, v=y) != True) if c else (x.q))} << (...))
     pass
    finally:
     raise
    self = [(__dunder__)[a], [(True)[self], [b], b]] = (True), y; [b, (self, y, c,), (None)[y]] = [y.__m, x, c] = (((1,'a',b'c')))[y] = (2j)
   (...)
 case {'k': C((1 | 2 | 3)), **rest}:
  pass
  pass
