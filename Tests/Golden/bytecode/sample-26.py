pass
[x, x, (x,)] = (((x := ((lambda c: b) != (1 ** a))))((-a)))[
 1], self
raise
