'module doc'
from __future__ import annotations
for (y,) in ():
 pass
 with ((b'b') or [((0.0) if (0.0) else ('s')) for i in (y,)]) as (*z,):
  global a, b
else:
 if z:
  pass
  if a[__class__:[(a := {'k': [x for i in [x] if (-1)
    if ('%s'%3) for i, j in [('abc'[1])]], 'k': True, 
 1: c}) for x in {1, 2}]]:
   for y.__m in ((((((print
   for x in [1, 2])).q) << (1 or {*(0.0), x, y})) != ((x(1) or (0.0)) @ (w := (a := 'k')))) > {**(c for (i, *j) in (y,) for i in (({c: a for x in [1, 2] for x in (y,) if a}).join)), 
 'k': a, 'k': (()), **_u} < self):
    del y[('')]
    (1, 2)
   del b
   del a
  elif self:
   __private.join %= (0)
  else:
   pass
   (True)
   pass
  del b[(0)]
 else:
  assert (-0.0)
 'string'
