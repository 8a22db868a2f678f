(a, c, (*y, _u, z[y[::x]],),) = c = ((~5))(), {'k': (-((
 ((True))[a] and (...) and (('s') is 
   x
  != 
   self))
  if self((w := (None)), (self is not x), 
 **(~a), v=(a & 
   b), w=(0.0)) else (1e300*1e10))), **{(z[a, (self is x):] < ((c in {1, 2, 'x'}) and __private and (0)) != {*((1,'a',b'c')), (_u and b and __private and super), ((0) > y), (a := x)})}, 1: ((lambda e, /, c, __f: [None, 'x', 1, 1]) if f'é{{{b(1)!r:>10}' else (1.5)), 1: (None for (i, *j) in [x])}, ((False) + z[:])
try:
 try:
  self: (1<<3)
 except ((1,2)) as x:
  c.p: __dunder__ = a
 except {{{a: (0.0) for i, j in {1, 2}
   if b}: {self: b for i, j in (y,) if None} for i, j in [x]}, b, (())}:
  pass
  with (
  {} as (('s'))[(x == z)]):
   (a): (__dunder__ is {{2, None, 3.0, 1, 1}} == z[1]) = {(+({(lambda __f, a=(not 0), e=(1), d=True, b=c:
  x), b}
  >> (not 0))), (None)}
   pass
   import __x
except ('') as x:
 ('a'*3)
 (z): __private; pass
except:
 assert (-1); y[_u]: c = ((1,'a',b'c'))
else:
 c[(1<<3)]: z = b
 pass
