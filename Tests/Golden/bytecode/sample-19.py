try:
 pass
finally:
 pass
class C():
 if z:
  _u.q: f'text{x=:{a}.{b!r}}' = (not 0)
  ([(+
  ((-1) & 
   (-z))), b.q(), (('') - (lambda c, b, a, *, e=(None):
    y))] < (+(f"{x.q=}text" for x in [{(1<<3)}] if {0: x, 1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x} for i, j in ((True) in c) if ((1,2)))))
((0.0))[(-print)] = self = ([*b, z, z], b, (c.q, a, y,),) = y, (False)
