"""Comprehensions: chained list, dict and set comprehensions and generator expressions."""
def run(n):
    squares = [x * x for x in range(n)]
    even = [x for x in squares if x % 2 == 0]
    table = {x: x % 97 for x in even}
    groups = {r: [k for k in range(r, 2000, 97) if k in table] for r in range(97)}
    flat = [(a, b) for a in range(300) for b in range(a, 300, 17) if (a ^ b) & 3]
    total = sum(a * b for a, b in flat)
    residues = {x % 1009 for x in squares}
    matrix = [[(i * j) % 7 for j in range(120)] for i in range(120)]
    transposed = [[row[j] for row in matrix] for j in range(120)]
    return len(even), len(groups), total, len(residues), sum(sum(row) for row in transposed), max(len(g) for g in groups.values())


for _ in range(14):
    result = run(60000)
print(result)
