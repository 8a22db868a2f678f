'module doc'
y[b]: (self(
  *(self or 
  ('a'*3))) - 
 ((lambda c:
    x) and self)) = ['x', 2, None, None, None]
assert f"{{{a}{{"
pass
for c in ():
 pass
 1
 break; continue
