(((not ((1)[(b'b'):None] if a[::y] else {0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x, 15: x, 16: x, 17: x, 18: x, 19: x, 20: x, 21: x, 22: x, 23: x, 24: x, 25: x, 26: x, 27: x, 28: x})) or 
 (None, 'x', None, 3.0, None,) or ((None if (('doc' 'two') and self and z and 
  y)
  else (-1)) if ((0)
  is self) else self)) or (5%3) or 
 {*{**(__private)[c], **(None)}, [(+None) for i, j in ((((1,'a',b'c')) or ('')))((self)[1], k=self(__dunder__, k=(1e300*1e10), v=y))]} or ((False) or ([(lambda c, b:
   1), (y for i, j in (y,)), ('')] ** a) or (False) or (255 if 1 else 2)))
