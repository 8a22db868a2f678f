assert c
@(True)
class C:
 self.join: c = ({_u for i, j in 
   (y,)} not in (['x', None, None, 'x', 1]).q(
   (x := {x, (1.5)})))
pass
pass
raise (((True) and {} and ((c.p(
 z, (-1)) > ((True) >= (1//0)) <= (z and b and c) != ((x).q)) // f"{z + 1}") and ((c(b, c, z, **('s'), **b) if (
  'k', *c, _u, (-0.0),) else f"{y[0]=}text{b(1)=:{a}.{b!r}}") if c else ((z != y < (1e300*1e10)) if (('') - z) else (x := True)))) != f'{x!r}{{' in [a, b]) from (((1)).p({1, None}, 
  (lambda x, b, e=None, c=self, **kwargs: ((__dunder__ or self) if (y in [1, 2, 3] is not 
 ('abc'[1]))
  else a)), 
  (a).__m((()))
  ) & ((_u and z[y:] and (z.__m) and (c for i, j in (y,) if self
    if a))).join(*('x', 2, 2,), (+(-(x)(None, x))), a))
with (((z if (None) else x) and ((False) <= 
  b == (1//0) >= 
   z) and (...) and ((not 0) >= 
  ('doc' 'two'))))(
  ), [None, 2, 1, 3.0, 3.0] as c:
 for (c).join in [1, 2, 3]:
  assert super, ((1,2))
