"""super() through three levels of single and multiple inheritance."""
class Base:
    def __init__(self, x):
        self.x = x

    def value(self, k):
        return self.x + k

    @classmethod
    def make(cls, x):
        return cls(x)


class Left(Base):
    def __init__(self, x):
        super().__init__(x + 1)
        self.left = x

    def value(self, k):
        return super().value(k) + self.left


class Right(Base):
    def __init__(self, x):
        super().__init__(x * 2)
        self.right = x

    def value(self, k):
        return super().value(k + 1) - self.right


class Both(Left, Right):
    def __init__(self, x):
        super().__init__(x)
        self.both = x

    def value(self, k):
        return super().value(k) ^ self.both

    @classmethod
    def make(cls, x):
        return super().make(x)


total = 0
for i in range(60000):
    thing = Both.make(i & 255)
    total += thing.value(i) + thing.value(1)
print(total)
