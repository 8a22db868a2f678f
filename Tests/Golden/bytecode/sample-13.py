for (x[z], *(z, self.p,), c,) in [1, 2, 3]:
 pass
