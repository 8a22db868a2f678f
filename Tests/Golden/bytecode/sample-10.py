with (z.q) as self, (not (
   self and (x
 .join) and {0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x} and {
  1: _u, **'k', **c, __private: ('')})):
 while not x:
  try:
   try:
    (*y[(-1)],) = x = b[b] = {**(1), 'k': (((((1,2)) * ((1,2))) and ((...) and 
   a and (5%3))) >= (b.join) in 
   (((x and c and True) >> {'k': ((1,'a',b'c')), 'k': (''), (255 if 1 else 2): None}) if a else 1) is not (f"text " for (i, *j) in 
   [x] if (_u.q) if (lambda c=(None): ('s'))))}
   finally:
    @(w := c)
    @(c(z, 
 b
 ) > (a for i in (y,) for (i, *j) in [1, 2]))
    def f(b, /, __f):
     'docstring'
     assert (yield __dunder__)
   if not 1:
    class __E(True, v={
 f"{(lambda: x)()!a}", ((x)[__class__])[
   1], (lambda b=('doc' 'two'), a=c, c='k', *, d=(1e300*1e10): (__dunder__ and 1 and a and 
   c))}, w=(x := b)):
     pass
   else:
    (lambda a, d, c, x, **kwargs: ((((z is not __private))\
 .q() if (self for (i, *j) in (lambda e, b=y, /, x=self, **kwargs: (-1))) else (lambda : self)) and (c\
 .p((z)(w=(...), **y), (x := None)))[
 :] and __dunder__ and (+(lambda x, /, b='k', d=('a'*3): (0)))))
    while x:
     a.q -= ({} < 
   (w := ((((y).join) - (b'b')) <= ({self: (b'b') for (i, *j) in [x]} if z else f'{b(1)!r}{{éé'))) == {x0: y, x1: y, x2: y, x3: y, x4: y, x5: y, x6: y, x7: y, x8: y, x9: y, x10: y, x11: y, x12: y, x13: y, x14: y, x15: y, x16: y, x17: y, x18: y, **z})
     (1 for x in [1, 2] for i in [x])
     _u[((w := ('abc'[1])) >= (~((1,2))))] = c
   (1, 2)
  except (y.q) as e:
   @[3.0, 3.0]
   def g(b, e, x, a, __f: ((('k').q) or (-(True)))=(x := (+a))):
    (self.p(self.join((a.__m), {z, (2**10)}, 
  t=(yield b), 
  w=x(x, b, **None)
 ))).p = (-1), ((not (a := c(y.p(None, 
  b, v=(False), w=z)))) in 
   {1} != {1, 3.0, None, 1, 2} in (5%3))
  except (((((y).join)).join) if b else ([
   (1), (-0.0), c, (True)] is ((True))(y) <= {(1//0): self for i in [x]} is 
   f'{x.q=:{a}}{x.q!a:>10}{z + 1!s:{a}.{b!r}}{{')) as x:
   continue
  except:
   assert (((1//0) and b)).__m((())), c; del b
  else:
   assert (x := x(*y, k0=a, k1=a, k2=a, k3=a, k4=a, k5=a, k6=a, k7=a, k8=a, k9=a, k10=a, k11=a, k12=a, k13=a, k14=a, k15=a)), (not 
   (a.p))
   1
if __debug__:
 try:
  pass
 finally:
  try:
   @self
   class _D:
    pass
    raise a
    pass
   import a.b.c as d, e
   pass; (5%3)
  except c:
   assert 1, c
  except c as x:
   x -= x
  except:
   pass; pass
  else:
   import a.b.c as d, e
 pass; from . import x as y
elif 1 or x:
 pass
else:
 c = b, (1.5)
 pass
 x //= b
