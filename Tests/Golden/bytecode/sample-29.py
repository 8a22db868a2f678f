for __dunder__ in (-(not (True))):
 pass
 del y.__m
pass
a @= c
