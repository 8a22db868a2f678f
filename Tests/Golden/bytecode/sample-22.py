try:
 while False:
  raise {1: (z
  is (10**20) < {}), **a(*f'{{{y[0]!a:{a}}{z + 1=}{a:>10}', (((1,2)))[
   :]), 1: {0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x, 15: x, 16: x}, {y['k']}: (2j)} from (lambda a=z((-(b'b')), k=((...) if ('doc' 'two') else z), **(__private).q(x, z, a)), e={f'{y[0] =:{a}.{b!r}}text {(lambda: x)() =:{a}}': (not 0)}: f"{x!s}{x=:>10}")
  for c[f"é"] in [1, 2, 3]:
   if (((y\
 .join((((1,2)))()
  ) if [3.0, 2, 'x', None, 2] else [z, z])).__m(self, (lambda c, e: (
   (not (1)) or self or ((c).p) or (yield from True))), z) and b):
    ((a).p)
    continue
    if b\
 .p((-self), 
  (~{x, z.q, 'y', 1, x, 'y', 'y', 'y', 'y', x, z.q, x, 1, 1, 1, 'y', z.q, z.q, z.q, x, 1, x, x, x, z.q, 1, 1, z.q, 1, z.q, 'y', 1, z.q, 1})):
     self
     1
    elif ('doc' 'two'):
     pass
    elif (((x(1, x, 'y', x, 'y', 'y', x, 1, 'y', z.q, 'y', x, x, 1, x, 1, 1, 'y', 1, x, 1, 1, x, z.q, 1, 'y', x, 'y', 1, x) == 
   [(0.0), y, self, *z] == __class__))['k'] & (lambda __f: f'{y[0] =:{a}.{b!r}}{a =:>10}{a!a:{a}}')):
     raise self from 1
   else:
    z[('doc' 'two')]: x = c
    x = ('s'), z, (-0.0); break
    (~5)
   _u
   continue
  else:
   c
   pass
 y = a = (a,) = None, z; (y).__m &= c
 (self): a = (1e300*1e10)
except z:
 del (x[(0)],)
 self = self[x] = c[self] = y
except c as e:
 import a.b.c as d, e; self -= a
 a = 1
except:
 ((1,'a',b'c'))
 del b
 from __y import __z
