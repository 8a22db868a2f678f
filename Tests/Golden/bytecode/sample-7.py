__dunder__ = ({1: z((c.p)), 1: a((2j)), **y(v=(lambda c=(5%3), a='k': x))} ** {(a := (lambda *, b, a, x: 'k')): (a.join)})
pass
from __y import __z
try:
 if {(~(None if (True) else ((a or ((1,'a',b'c'))) in [
   'k', z, ('doc' 'two'), (0.0)]))): c for i, j in (y,) if b if (self
 .q) for i, j in [x]}:
  @(b.join)
  @c
  def __h(a, e, b, x, d):
   'docstring'
   while False:
    pass
    pass
    continue
  None; raise b
 elif (1<<3):
  None
 (c): z
except a:
 pass
except __class__:
 del z.__m
finally:
 pass
