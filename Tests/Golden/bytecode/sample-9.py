...
...; pass
{((a)(*(lambda b, *, a=a, __f=c, d: (x
   ** b)), (a := x.__m((2**10), a, ((1,'a',b'c')))), self) if 'k' else y): self for (i, *j) in [x]}
