None
assert (2**10), (b)('k', ({(a := ((True)).join(
   self, a, *print))} in 1 is (10**20)
   >= ((f'{x =:{a}.{b!r}}é' + f"{y[0]!a:>10}{{{(lambda: x)() =:{a}}text") or y(
  w=(z or ('s') or (1)), k=z, t={*self}))))
try:
 with ((a).__m) as ((z).__m(y, y)).q:
  del (y,)
 with (x := (b'b')):
  from __y import __z
 try:
  c.__m *= (0.0)
 except (((x >= a != b) if (lambda x=z, d=True, **kwargs: (1.5))
   else (None or (None) or True or self)) if y else ('doc' 'two')) as e:
  pass
  self
finally:
 del (x.join,)
 from . import x as y
 pass
