from __future__ import annotations
(((
  ((not 0) <= 
   y < ('%s'%3) not in (2j)) or z((2**10))) >> 
 ('doc' 'two')))[(())] = x, x[:], (((None <= a))
 .join)
try:
 while c:
  while (w := c((not ([z] or (('abc'[1]) and (())) or (z != c) or 
 (((5%3)).__m))))):
   @(1<<3)
   class C:
    pass
    with (f"{y[0]:{a}.{b!r}}{x.q!a:{a}.{b!r}} " - (None in 'k')) as x, c as (b, self, b,):
     del (((b.p))[(b if (a := a) else [self for i, j in [x]])], a.__m, _u.__m,)
     pass
     del self
 assert (1.5)
finally:
 z.__m >>= a
