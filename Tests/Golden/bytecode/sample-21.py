(a): ((x in (10**20)) is f" text")
@None
async def g(*, a, b, e: b, **kwargs):
 'docstring'
 __private.join: (+((y % 
  ('%s'%3)) if f"é{{{b(1):{a}.{b!r}}" else (y.join))) = __dunder__.__m({1: (self[y((not 0)), c:] == c > (10**20)), 'k': (1.5), x: (2**10)}, v=x, **((1,2))
  )
 a[(2j)] = y = 1; return 1
 del c.p
