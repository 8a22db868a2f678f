'module doc'
del a
pass
def x(e, c, a: y):
 'docstring'
 try:
  pass
  with (
 (x := (yield from {1: ((1,'a',b'c')), 1: (not 0), (not 0): (~5)})), ((((1)).q) and (yield) and a) as a):
   pass
 except (not 0) as x:
  pass
 else:
  (a[a], [[*b, z, a], self], a,) = x
 c = ('a'*3)
 pass
