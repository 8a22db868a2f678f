try:
 try:
  class C:
   'docstring'
   x[a] = c; import a.b.c as d, e
   @(1//0)
   @a
   def x(x, *, d: a, b):
    try:
     raise self
    except y.join(
  k=a(self), w=[('k')(
  )], **(((('doc' 'two') or (not 0) or ('a'*3) or a)).q)) as e:
     raise
     import os.path
     {'x', None}
    except:
     assert [((
 a or a) or f"text{b(1)=:{a}}"), a, *((lambda a, x, d, c=(b'b'): (+
   (y < 'k'))) if (
 ('k' and (True) and self) and f"{{{z + 1:>10}é " and (__debug__)) else y[1])], f'{b(1)!s:{a}}{z + 1!r:{a}.{b!r}}text'
     c.__m: ((1,2)) = (((((a == y
  == b not in [a, b]) and (x := print) and {**(2j), 1: 'k', y: __private, 
  (1e300*1e10): c} and (1<<3)) and a[::a]) != {(lambda b, x, *, __f: x): (()) for i in {1, 2}})).p()
 except (lambda __f, x=(10**20), /: (((('abc'[1]) if z
  else _u)).q)) as e:
  @b
  @(not 0)
  def x(__f, c):
   if a:
    for (((lambda a: (__debug__)) is ((b if (1//0) else ((1,'a',b'c'))) << 
 {z for (i, *j) in [1, 2] for i, j in [b] if (10**20)}) > 'k' is (a := (not 0))))[{(((False)
    if (255 if 1 else 2) else (1//0)) if b else a) for (i, *j) in [x] for (i, *j) in [x]}] in z:
     y //= (a := c)
   pass
   pass
  if False:
   if (1):
    try:
     ((y(*{1: {0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x, 15: x, 16: x, 17: x, 18: x, 19: x, 20: x, 21: x, 22: x, 23: x, 24: x, 25: x, 26: x, 27: x, 28: x, 29: x, 30: x}, b: y, 'k': self, **(5%3)}) for x in [x]), True, *x, *('doc' 'two'),)
     (b,) = c = y, y
    except ('a'*3) as x:
     y = a[1] = b
     c.q = __dunder__ = b
    finally:
     (1.5)
   b.join &= c
   pass
 else:
  self = (not 0), (1<<3)
 pass
finally:
 x.q: b
 pass; pass
