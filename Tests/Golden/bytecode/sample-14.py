'module doc'
raise (10**20)
try:
 pass
 try:
  pass
  pass
  with self:
   y.__m: (2j)
   self <<= ((1,'a',b'c'))
   raise
 except 1:
  pass
 except:
  pass
except y as e:
 raise
except _u as e:
 c: ('a'*3) = c
 b
except:
 print
