try:
 for y[x] in x, *y:
  raise __dunder__
 import os.path
except c as e:
 pass
 del b
except 'k' as e:
 self[a] <<= x
