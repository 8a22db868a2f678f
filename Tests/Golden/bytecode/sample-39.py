pass
c.join: [(
  self, 'k', self[((1,2))], ((1e300*1e10))[x, self:],), ((0))[:], 
   x]; del self
@((None
  if y
  else (-0.0)) if (lambda *args, e: __private) else ((~5) is not b
   == c))
@(('') == 
 ((z).p))
class _D:
 while (w := ((+(-
   (w := None))) or a or 
   ((((b).__m) <= ((1,2))) or (a if (b'b') else ((2j) if ((1,2)) else x)) or (3.0, 3.0, 3.0,) or ('k' and (self | (1//0)))))):
  for a in self(print, 
   x, x, **((1<<3) // (+(
 {_u: (10**20) for (i, *j) in (10**20)
  if ('doc' 'two') if (255 if 1 else 2)}, (+b), *(+a),))), 
 t={0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x, 15: x, 16: x, 17: x}):
   @(b and c)
   def g(__f, x: (lambda *args, x, b, e, c, **kwargs:
   (a.__m)), c, a, **kwargs):
    c = ((y
   < (f'text' not in {}) not in __dunder__) != b > 
 x.m(1, 1, 'y', 'y', x, 1, 1, z.q, z.q, 'y', 'y', z.q, x, 'y', x, z.q, 1, 1, 1, x, z.q, x, x, 1, x, z.q, 'y', 'y', 1, 'y', 'y', 'y') > c)
  else:
   if (('k' if {{1: y, self: (__debug__), 1: (5%3), 1: (2j)}, (1)} else c) or (('') >= 
 [b, (lambda d=c: (self % c)), 
  [3.0, 'x', 3.0]] >= c[(_u if x.join(super, a, 'k') else (b'b'))]
  <= 
   {
   'k': f"{x!s:{a}}{b(1):{a}}{a!s}", 'k': ((-c) or x[x] or 
  1)}) or (2j)):
    for b in {1, 2}:
     break
     raise True
    pass
    import a.b.c as d, e
   elif (x or 
  ((1,'a',b'c')) or (1)):
    a
   elif self:
    break
    b
    pass
   from __y import __z
