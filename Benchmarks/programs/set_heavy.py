"""Sets: sieve, unions, intersections, graph reachability."""
def sieve(n):
    numbers = set(range(2, n))
    for i in range(2, int(n ** 0.5) + 1):
        if i in numbers:
            numbers -= set(range(i * i, n, i))
    return numbers


def reachable(edges, start):
    seen, frontier = {start}, {start}
    while frontier:
        frontier = {b for a in frontier for b in edges.get(a, ())} - seen
        seen |= frontier
    return seen


def run():
    primes = sieve(200000)
    twins = {p for p in primes if p + 2 in primes}
    edges = {i: {(i * 7 + 3) % 5003, (i * 13 + 1) % 5003, (i * i) % 5003} for i in range(5003)}
    reach = [len(reachable(edges, s)) for s in range(0, 50, 5)]
    overlap = 0
    for i in range(300):
        a = set(range(i, i + 200))
        b = set(range(i * 2, i * 2 + 200, 3))
        overlap += len(a & b) + len(a ^ b) - len(a | b) + (a <= b) + a.isdisjoint(b)
    return len(primes), len(twins), reach, overlap


for _ in range(4):
    result = run()
print(result)
