@True
@({1: a, c: ('abc'[1]), (1): c, c: (5%3)} <= (''))
class C:
 if x[b.q(*(True), a, *(2j)
 ):1]:
  pass
  assert 1
  pass
 elif 0:
  self.__m = (1//0)
  y.q: z = b
 else:
  b
 a.q: a = y
