for a in 'k':
 try:
  assert {**{2, 2, 'x', 1}}, (x := ((1,'a',b'c')))
 except y as e:
  x = x((''), b, ({1: a, 1: z} @ b), k=self)
 else:
  continue
  [c, b, *(z, ((1//0))[None],)] = (0); from __y import __z
 finally:
  assert ('a'*3)
  continue
 c.q <<= None
 c.__m: (not 0) = True
