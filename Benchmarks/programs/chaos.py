"""Objects and floats: the chaos game along a spline, with operator methods."""
class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % n


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def length(self):
        return (self.x * self.x + self.y * self.y) ** 0.5


class Spline:
    def __init__(self, points, degree, knots):
        self.points = points
        self.degree = degree
        self.knots = knots

    def segment(self, u):
        for i in range(self.degree, len(self.knots) - self.degree):
            if self.knots[i] <= u < self.knots[i + 1]:
                return i
        return len(self.knots) - self.degree - 2

    def __call__(self, u):
        k = self.segment(u)
        d = [self.points[j + k - self.degree] for j in range(self.degree + 1)]
        for r in range(1, self.degree + 1):
            for j in range(self.degree, r - 1, -1):
                low = self.knots[j + k - self.degree]
                high = self.knots[j + 1 + k - r]
                alpha = (u - low) / (high - low)
                d[j] = d[j - 1] * (1.0 - alpha) + d[j] * alpha
        return d[self.degree]


def play(count):
    points = [Vector(1.6, 0.35), Vector(3.3, 0.6), Vector(3.1, 2.9), Vector(1.4, 2.5), Vector(0.5, 1.2), Vector(2.2, 1.7)]
    spline = Spline(points, 3, [0, 0, 0, 0, 1, 2, 3, 3, 3, 3])
    random = Random(42)
    place = Vector(1.0, 1.0)
    grid = [[0] * 40 for _ in range(40)]
    walked = 0.0
    for _ in range(count):
        target = spline(random.below(2999) / 1000.0)
        before = place
        place = (place + target) * 0.5
        walked += (place - before).length()
        grid[min(39, int(place.y * 12))][min(39, int(place.x * 12))] += 1
    return walked, sum(1 for row in grid for cell in row if cell)


walked, cells = play(20000)
print("%.6f" % walked, cells)
