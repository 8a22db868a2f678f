with (True and (self for (i, *j) in [1, 2] if {'k': True} if f"{y[0]=:>10}{(lambda: x)():{a}}{(lambda: x)() =:>10}"
    for i in (1 if c else c) if {'x'}) and (y if (b'b') else (lambda __f=y, c=c, d=('s'), a=a: c))) as z, (255 if 1 else 2) as [c, z]:
 pass
def x(x: (self, ((255 if 1 else 2))[((1,'a',b'c'))], (''), 
 *True,), __f: y(
   True, *b)) -> {f'{x =:{a}}é{{' for (i, *j) in self[::(not 0)]}:
 @(0)
 @a[1]
 def f():
  'docstring'
  del (z).q
  b[(1<<3)]: __dunder__ = self
  y
