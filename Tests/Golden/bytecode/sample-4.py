if a:
 try:
  if None:
   del z; from ..a.b import (c, d as e)
   while ({3.0, 'x', None, None} or (-
   (a := (__private.__m)))):
    try:
     import os.path
    except (a[a.__m(
  _u
   ):b] >= (True > b)):
     del __private[x]
    assert a
    break
   else:
    def __h(d, __f, c: (c.__m), x: (()), e):
     'docstring'
     pass
  elif (self.join):
   c = self.p = a = {'k': (f"{{{x!a:{a}.{b!r}}{{{{" and a and z and (1.5)), a: (((lambda c=(10**20), b=(-1), d=z, /, a=(b'b'), *, x: (-1)) or (y > x) or ((10**20) for i, j in [1, 2] if y if _u for (i, *j) in z if (True) if x)) >= y), b: (0.0)}
   __private
   pass
  elif x:
   z; a
   raise
  pass
 except (1) as x:
  assert (1e300*1e10)
 except ('abc'[1]) as e:
  raise (5%3)
 else:
  (1, 2)
else:
 import os.path as p
