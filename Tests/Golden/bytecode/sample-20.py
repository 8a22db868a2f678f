pass
def f(x=((a >> x))[f"{z + 1!a}"]):
 @True
 def f(e: (~5)=(not 0), d: x.m(x, x, 'y', 'y', 'y', 'y', x, 1, x, 1, x, z.q, 'y', x, 1, x, z.q, x, 1, 'y', z.q, z.q, x, x, x, 1, z.q, z.q)=(not ((True) if (~5)
  else True)), c: (1e300*1e10)=self) -> z(w=a.q(), v=(w := (False))):
  if ({{*(yield (z and self)), ({
  **x, 'k': z, 1: (1//0)} & (x := z)), *(*{('s') for i, j in ['k'] for x in [c] if x},), (~(lambda **kwargs: a))}} or 'k' or (lambda b: (((-1)
    @ y) is not c < (-1) > (None))) or ('s')):
   c
   return (
 z)
   pass
