pass
pass
if False:
 if ('k' if ((~c.q(y, 
  a, ('a'*3)))
  not in (b(
   c
   ))[__private():f"{y[0] =:>10} "] == ({(1.5) for (i, *j) in {1, 2} for i in {1, 2} if a} // 
 __private) is {
 1: (5%3), [x, 'y', z.q, 'y', 1, x, 1, x, x, z.q, 1, 1, x, z.q, z.q, 1, 1, 1, 'y', 'y', 1, x, z.q, 'y', x, z.q, x, 1]: 1, 1: a}) else x[1]):
  z = (({c: self()
   for (i, *j) in [x]} if a else (((x < 
 ((1,2)) != __class__) < (x := b)) if self else {x: 1})) is (f"{y[0]!r}é{(lambda: x)()!s:>10}{a =:{a}.{b!r}}")[(a := {x, y, (-1)}):(0)]), x, True
  from __y import __z
 elif False:
  @z
  def g(__f: x):
   pass
   for (x,) in 1:
    y[{(lambda e, a, __f=(0.0), d=a: (((2j)).q)): {'k': (lambda x, b, a, d: 1), 1: None}, 'k': [(a := a) for i, j in ((True) or self)], 'k': ((a := (0)))[:], 
  {{(''), *b, z, _u}, (0.0)}: ((__dunder__ / b))[{None, 3.0}:]}] = ((a := f' text{a=} ')
  >= ([
 {**((1,'a',b'c')), 1: z}] in [1, 'x', 1, None, 1]) is c['k'] > z), ([z, ((z.q(c, (not 0), t=y) >= self)).p(t=(yield from a)), {1: b, **(lambda b, x, a, /, c:
   (x := 1))}])[z:True], self['k']
   else:
    def __h(c, a, d, /):
     pass
    assert (f"{{" in ((x.p))(z, ((a)[(c
  if 1 else a):(None ** 
   a)],)) > (z.p)), {(
   {} or x or f"{(lambda: x)()}{x.q:{a}}{a=:{a}.{b!r}}")}
 elif __debug__:
  @z.__m({'x', None}, self(((1,'a',b'c')), __class__))
  def f(a):
   try:
    del self
   except (lambda __f, d=self: (x := (-z))) as x:
    from __y import __z
   except _u[1]:
    raise x
    del x.p
    (((((~f' é{{é') if (((False) if x else (not 0)) ** (x <= ('%s'%3))) else a())).p(y)).__m)
   except:
    pass
    from os import path
    (x)[self] = y, c, z
   else:
    pass
    import __x; pass
    import os
   c[c] &= (not 0); pass
 else:
  from os import path
 assert (0.0)
 ((None)[True],) = ('abc'[1]), ((1,2))
