"""Lists of lists: matrix product, Gaussian elimination, transposition with zip."""
def product(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def eliminate(matrix):
    n = len(matrix)
    m = [row[:] for row in matrix]
    determinant = 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(m[r][i]))
        if pivot != i:
            m[i], m[pivot] = m[pivot], m[i]
            determinant = -determinant
        determinant *= m[i][i]
        for r in range(i + 1, n):
            factor = m[r][i] / m[i][i]
            for c in range(i, n):
                m[r][c] -= factor * m[i][c]
    return determinant


size = 90
a = [[(i * 7 + j * 3) % 11 + (i == j) * 5 for j in range(size)] for i in range(size)]
for _ in range(5):
    p = product(a, a)
print(p[3][4], p[-1][-1], "%.6e" % eliminate(a))
