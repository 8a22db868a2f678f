pass; pass
@(
   a and self and __dunder__ and f"{x.q=:{a}}")
class __E:
 def f(__f: (((lambda x=self, __f=self, **kwargs:
    a)).q)=(not (not self)), e=self.p((not 0), 
  **{3.0, None, None, 'x', 'x'}, w={1: (1<<3), (None): (-0.0)}, 
   **c[__dunder__:]), d=(c.join)) -> ((1 or z or (2**10) or (10**20)) / 
  (z if ('abc'[1]) else x)):
  try:
   if (((x if (+{('a'*3): x for i in (y,) if (False) if a for x in {1, 2}}) else {((255 if 1 else 2))[z] for i, j in [1, 2] if (('s')
  << self) if (lambda : a)})).q):
    import os
    try:
     del b
    finally:
     raise [c for x in 
  [f"{{{x.q:>10}"] if True if (w := (('doc' 'two'))[::y])] from x
    try:
     (True).__m **= ((
  (b or ((+
  x) and x and (x := x) and (self + a)) or a) or f"é{z + 1!a:{a}.{b!r}}{{{y[0]!s:>10}" or a))(((None)[1]).__m(1))
     del x
     a -= (((a or [None, 3.0, 3.0, 2, 1] or 
  self[:] or (w := ((0) <= ('a'*3)))) == _u > (lambda x, d, **kwargs: (2j)))).q()
    except ([b['k', (-0.0):]] != ('x', 2,) in 
   (None) in {1, 2, 'x'}) as e:
     assert ((((a.q(_u[True:], (1
   is 
   x
   != 1)) if ((1.5) >> 
   a) else f"é{y[0]=:{a}}text{x=:{a}}"), z((1), y, (c - (not 0))),)).join), ((a := {3.0, 1, 'x'}) if (~((1,2))) else ('s'))
     (a): z = ((lambda d, /, *args, a: x) != f'{a!r:{a}.{b!r}}'
  not in (a := [('%s'%3), ({y: (1.5) for (i, *j) in [1, 2] if (False) if a} if z else ('k' == True)), __dunder__((z / (0.0)), (
  __dunder__ or (__debug__) or ('') or (not 0)))]) != (w := (not (yield {None: (255 if 1 else 2)
  for (i, *j) in (1) if z if c}))))
     c = ('abc'[1]), (-0.0)
    finally:
     c.__m *= x
     pass
     z[(yield from (
 ((-1) in {1}) and ((None) or (b'b') or x)))] = ((x and (b.q(y) or 
  b))).p(c)
   else:
    pass
    assert (1//0)
  except (__debug__):
   pass
   return (
 self)
  except a as x:
   'string'
  except:
   assert b
   c = __private = a
  pass
