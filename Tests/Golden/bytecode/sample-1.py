self[((x(*y, k0=a, k1=a, k2=a, k3=a, k4=a, k5=a, k6=a, k7=a, k8=a, k9=a, k10=a, k11=a, k12=a, k13=a, k14=a, k15=a, k16=a, k17=a))[(x ** __dunder__):c] and __dunder__ and ({'k'} in True in (lambda c, a, e: self) > b) and c.__m(c, 
   ((1,'a',b'c'))))]: (False) = f'text {y[0]:{a}}{{'
c //= (-1)
if True:
 self((x := (1)), 
  {y: (False)
    for i, j in {1, 2}}, z)
else:
 1
 from __y import __z
 assert 'k', c
