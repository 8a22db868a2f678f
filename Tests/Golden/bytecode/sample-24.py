while (not 0):
 for [a, *[[a, *x, y], a]] in ():
  y -= {
   'k': (self != (((self or ('abc'[1]) or _u or (0.0)) and (c * None) and x and (x := self)) is (self, c, ('abc'[1]), (b'b'),) is not __dunder__)
   <= (()) not in x)}; pass
