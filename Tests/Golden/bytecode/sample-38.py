try:
 with __dunder__, (True for i, j in {1, 2} if ((1.5) if ((255 if 1 else 2) and self and 
 (1//0)) else (2**10)) if (b
    < None)) as self:
  pass
  pass
  pass
except self:
 raise
