"""Objects and floats: spheres over a checkered plane with shadows and reflections."""
class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def plus(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def minus(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def scaled(self, f):
        return Vector(self.x * f, self.y * f, self.z * f)

    def unit(self):
        return self.scaled(1.0 / self.dot(self) ** 0.5)

    def mirrored(self, normal):
        return self.minus(normal.scaled(2 * self.dot(normal)))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction

    def at(self, t):
        return self.origin.plus(self.direction.scaled(t))


class Sphere:
    def __init__(self, centre, radius, colour):
        self.centre = centre
        self.radius = radius
        self.colour = colour

    def hit(self, ray):
        to = self.centre.minus(ray.origin)
        along = to.dot(ray.direction)
        d = self.radius * self.radius - to.dot(to) + along * along
        return along - d ** 0.5 if d > 0 else None

    def normal(self, point):
        return point.minus(self.centre).unit()

    def colour_at(self, point):
        return self.colour


class Plane:
    def __init__(self, height):
        self.height = height

    def hit(self, ray):
        if abs(ray.direction.y) < 1e-9:
            return None
        return (self.height - ray.origin.y) / ray.direction.y

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def colour_at(self, point):
        return (0.9, 0.9, 0.9) if int(point.x + 100) % 2 == int(point.z + 100) % 2 else (0.1, 0.1, 0.1)


LIGHT = Vector(30.0, 40.0, -20.0)
SCENE = [Sphere(Vector(i * 1.6 - 4, 0.5 + (i % 3) * 0.7, 4.0 + i * 0.4), 0.8, (0.3 + 0.1 * i, 0.9 - 0.1 * i, 0.4)) for i in range(6)]
SCENE.append(Plane(-1.0))


def nearest(ray):
    best = None
    for thing in SCENE:
        t = thing.hit(ray)
        if t is not None and t > 1e-6 and (best is None or t < best[0]):
            best = t, thing
    return best


def trace(ray, depth):
    found = nearest(ray)
    if found is None:
        return (0.2, 0.3, 0.6)
    t, thing = found
    point = ray.at(t)
    normal = thing.normal(point)
    towards = LIGHT.minus(point).unit()
    light = 0.15
    if nearest(Ray(point, towards)) is None:
        light += max(0.0, normal.dot(towards)) * 0.85
    colour = tuple(c * light for c in thing.colour_at(point))
    if depth:
        reflected = trace(Ray(point, ray.direction.mirrored(normal)), depth - 1)
        colour = tuple(0.75 * c + 0.25 * r for c, r in zip(colour, reflected))
    return colour


def render(width, height):
    total = [0.0, 0.0, 0.0]
    for y in range(height):
        for x in range(width):
            direction = Vector((x - width / 2) / width * 1.6, (height / 2 - y) / height, 1.0).unit()
            for i, c in enumerate(trace(Ray(Vector(0.0, 1.0, -4.0), direction), 2)):
                total[i] += c
    return total


print(" ".join("%.6f" % c for c in render(64, 48)))
