a[(-(((1) < (True)) not in a.p(
 x, c, ('')
   )))]: ((((1) and x and x) == (w := x)) or 
  [{1: (__debug__) for i, j in b if (not 0)}, [a
  for x in {1, 2} if z], (0.0)] or z({y, (__debug__), (0.0)})) = ((x := (1.5)) ^ (lambda : a))
class _D:
 'docstring'
 while (True if ((1<<3) and (~5)) else (0.0)):
  while ((y).join):
   pass
def f(e: (2**10), a, d, b: (x(k0=0, k1=1, k2=2, k3=3, k4=4, k5=5, k6=6, k7=7, k8=8, k9=9, k10=10, k11=11, k12=12, k13=13, k14=14, k15=15))[
  (a >= (not 0) <= b):]={}):
 for y in [1, 2, 3]:
  for x in [1, 2, 3]:
   x
   with a as x:
    return 1
    def x(d: ('doc' 'two')=b, __f=((not 0) if (2j) else {'k': self}), /, a=x):
     pass; y = y = a, c
    del self
   x.join ^= ('a'*3)
