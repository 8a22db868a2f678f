del y.p
_u.__m: (5%3)
for ((a(v=(1, 'x', 1,), **(w := a)) and a\
 .join(
 (a
   if 1
    else (1)), 
   (-self), a.q(
  *x)) and (__private.__m) and (x[__private:]).p(
 (True and self and x and a), *__dunder__, self)))[(~
  self)] in [x, y]:
 for (z, *c, x.join,) in [x, y]:
  match (c ^ 
  (((10**20) > _u not in self in ((1,'a',b'c'))) if True else 1)):
   case x.C([{'k': 1, **more}, *rest, [-2, _, x.y]], k=(1 | 2 | 3)):
    assert (()), a; self[[self[1], *True, (b > (not a))]]: (...) = b
    if not 1:
     pass
    elif 1 or x:
     pass
   case C(C(), C()):
    break
    for x[(y)((1<<3)
 )] in [1, 2, 3]:
     True
  while 1:
   try:
    try:
     continue
     assert x[c:a(((c if {1, None} else self)
   > (a := z) > (w := self)), t=(w := ('a'*3)), w=(2j))], (x := self.q((lambda b=True, x=c, __f=x, d=c, **kwargs: c), v=(self((10**20)))(y, **(
   (-0.0) and (x := a) and b and ((b'b') for i, j in __private if self
  if z)))))
    except ((c.join) == (c < (__debug__) < 
   (not 0) is ((z).p))) as e:
     x.__m: self = b
    except (z.__m) as e:
     y.__m = x[
 1]
     break
     raise x; pass
    except:
     del (c,)
    else:
     z <<= (w := (('doc' 'two') and (1, 'x',) and a))
    finally:
     x = (self[:],)
     c = a = f"{x=:{a}.{b!r}}é ", (__private and (f'text' not in 
  b) and f"{{é é" and (b.join)), f"{y[0]!a}{x!r:{a}.{b!r}}"
   except b as x:
    [*y, ({'x', None, 3.0}).join] = {2, 'x', 3.0, 2}
    pass
   except:
    (1, 2)
    pass
   else:
    def f(b: c[
  (+x)], x: z, a) -> b:
     pass
   finally:
    assert (1//0); ...
   import __x
   1
 else:
  z
  pass
