for [(f'é{x=:{a}}')[{(c if (()) else b) for i, j in {1, 2} for i, j in [x]}]] in x, *y:
 pass
 z
else:
 pass
try:
 pass
 if ({
   'k': (y >= 
   z), **(lambda e, d, b, a=('doc' 'two'), c=c, **kwargs: x(w={x for x in 
  [a] if ('a'*3) if b for i, j in self if (5%3)}, t=z, k=(b <= True < x == (())))), 'k': (None), 
  'k': f'éé'} >= z):
  from ..a.b import (c, d as e)
except ((w := (x := b)) >= (f'{a=:{a}.{b!r}}' < 
  [(0.0) for i, j in {1, 2} if ('doc' 'two')
  if ('abc'[1])])) as e:
 if ({((x := _u),): (()) for i in (self.__m) if f'{a!a:{a}.{b!r}}{z + 1!s}{a =:>10}'} is not __dunder__ is (255 if 1 else 2)):
  async def g(b: {(z).__m((None)), None}, c, **kwargs):
   __private = (not 
 a)
  b.q = c; raise
 else:
  while 'x':
   x
   continue
   import os.path
except x as e:
 ('doc' 'two')
 self.__m = z, (0.0)
else:
 pass
finally:
 z = self, 1, (255 if 1 else 2)
