for a in {'x', 'x', 3.0, 1, 'x'}:
 if ((-1) == ((x := ({b: True for x in (y,)}
    for x in 
   (c or __private or __class__ or ((1,'a',b'c'))) if self if (self for i, j in (y,)))))(z[:])):
  if [1, 'y', z.q, 'y', x, x, 'y', 'y', 1, x, 1, z.q, 'y', 'y', 1, 1, z.q, z.q, 1, 1, z.q, z.q, 1, 'y', 'y', 1, x, x, z.q, z.q, 1, 'y']:
   del ((5%3)).join
  elif (((x or b or (lambda *, e=__private, b=(''), d: f"é{b(1)!s:>10} ")) and (((x >= True)).p) and (b'b') and y) and ({1, 2} and (b()).join((y or {1: self, **self, 'k': _u, _u: self} or 
 [self for x in {1, 2} if (0.0) for x in [x] if ('a'*3)])))):
   continue
 elif (b.join):
  if x or 1:
   a.q = ((('') if (f' ' ** [x, z.q, x, 1, 'y', 1, x, 'y', 'y', z.q, 'y', z.q, 1, x, 'y', z.q, x, z.q, z.q, 1, z.q, 1, 1, z.q, z.q, 'y', 1, x, x, x, 1, z.q]) else (1))).join = (1<<3), (not y), (f" {{{x.q =:>10}" or (c or (((b if a else self) ^ (False)) if (-(1//0)) else ((lambda b=1, a=(''), e='k', c=(1): a) if ((-1) ** (__debug__)) else [*b, *(-0.0)]))) or 
   (((((True) or b or (not 0) or self) or (b'b'))
    - 
 {}) or 
 y or f' {b(1)!r:>10}é') or (((self
  .q)).join)); self = y(
 w=(('abc'[1])
   is (w := ({z for i, j in [x]})())
  > {1: [c for (i, *j) in b
    if (None) for x in 
   [x]]}), **self), z, self
   pass
   ((b)[a], [*a[c], ((__debug__))[x]],) = b
  elif 0:
   y[a]: ('a'*3) = (~5)
  else:
   pass
   pass
   pass
 else:
  (y).join *= a
