"""Floats: gravity between five bodies, symplectic integration."""
PI = 3.141592653589793
SOLAR_MASS = 4 * PI * PI
DAYS = 365.24

BODIES = [
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR_MASS),
    ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
     [0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS],
     0.000954791938424326609 * SOLAR_MASS),
    ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
     [-0.00276742510726411 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS],
     0.000285885980666130812 * SOLAR_MASS),
    ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
     [0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS],
     0.0000436624404335156298 * SOLAR_MASS),
    ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
     [0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS],
     0.0000515138902046611451 * SOLAR_MASS),
]


def pairs(items):
    result = []
    for i in range(len(items)):
        for j in range(i + 1, len(items)):
            result.append((items[i], items[j]))
    return result


def advance(dt, steps, bodies, couples):
    for _ in range(steps):
        for (r1, v1, m1), (r2, v2, m2) in couples:
            dx = r1[0] - r2[0]
            dy = r1[1] - r2[1]
            dz = r1[2] - r2[2]
            force = dt * ((dx * dx + dy * dy + dz * dz) ** -1.5)
            a = m2 * force
            b = m1 * force
            v1[0] -= dx * a
            v1[1] -= dy * a
            v1[2] -= dz * a
            v2[0] += dx * b
            v2[1] += dy * b
            v2[2] += dz * b
        for r, v, m in bodies:
            r[0] += dt * v[0]
            r[1] += dt * v[1]
            r[2] += dt * v[2]


def energy(bodies, couples):
    total = 0.0
    for (r1, v1, m1), (r2, v2, m2) in couples:
        dx, dy, dz = r1[0] - r2[0], r1[1] - r2[1], r1[2] - r2[2]
        total -= m1 * m2 / (dx * dx + dy * dy + dz * dz) ** 0.5
    for r, v, m in bodies:
        total += m * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / 2
    return total


couples = pairs(BODIES)
advance(0.01, 30000, BODIES, couples)
print("%.9f" % energy(BODIES, couples))
