"""Attribute loads and stores, method calls, properties."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        return self

    def norm(self):
        return self.x * self.x + self.y * self.y

    @property
    def total(self):
        return self.x + self.y


def main(n):
    p = Point(0, 0)
    total = 0
    for i in range(n):
        p.move(1, 2)
        total += p.norm() & 7
        total += p.total & 3
    return total


print(main(300000))
