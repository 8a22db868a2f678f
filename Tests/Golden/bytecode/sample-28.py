(b, (*x[((self).q)],), y,) = (lambda b, /: (__private
  .__m))
import a.b.c as d, e
for c in ((
 (-((self.p) not in (*z, x, *a, ('%s'%3),) <= (not 0))), (''),) >= z
    is 
  (False)):
 continue
else:
 y = b, b
 from . import x as y
