while False:
 class __E(y, *((a := f"{(lambda: x)():{a}}{x =:{a}}{z + 1=:>10}é"), c,), self[(lambda a, **kwargs: x[:]):]):
  class C:
   y[[1, 2, 2, 1, None]] = a.join = [*c, c, ((-self)).join] = self(self[::(lambda a, /, c=(None), d=self: b.__m(*self, 
   (~(0.0)), *(True), **self, w=(self and c and 
 'k' and z)))]); b.join: (x := {**(a := c), 'k': (1 & (True)), 
  a: b, 'k': True})
   class __E:
    b
   with (((z or self or x or (-1)) != __dunder__) < 1):
    y[((a := y))(
  (((-1) < (255 if 1 else 2)), y, (x := (2**10)), 
  *((1,'a',b'c')),), t=a.__m((y > _u is (b'b')), **(not z)))] = (a.join); pass
  pass
pass; pass
pass
y[1] = ((y.join(
 (a := ('k').__m((~5), w=(2j), k=(1), t=__private)), (((not 0) in (2j)
   is not (0)))((self.p)), 
  w=(1<<3), 
 t=({(1<<3): x, 'k': y, 1: a, 'k': a} and (a if self else c) and (lambda b: b) and 
 (c or a or c or 
  x))) and 
 z) != x is (not 0)), (a := self), ((lambda e={a for (i, *j) in (2**10) for x in [1, 2] if (__debug__)}, d=(x is c
   > (0)), x={'k': x}, /:
   ('')) - {})
