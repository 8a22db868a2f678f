...
1
self.p: y
assert (y.p), ((1,2))
for (((*_u,),), x,) in [1, 2, 3]:
 a: self
