"""Dense matrix product with nested lists."""


def matmul(a, b, n):
    columns = [[b[k][j] for k in range(n)] for j in range(n)]
    result = []
    for row in a:
        line = []
        for column in columns:
            s = 0.0
            for x, y in zip(row, column):
                s += x * y
            line.append(s)
        result.append(line)
    return result


def main(n):
    a = [[(i * j % 7) / 3.0 for j in range(n)] for i in range(n)]
    b = [[(i + j) % 5 / 2.0 for j in range(n)] for i in range(n)]
    c = matmul(a, b, n)
    return sum(c[i][i] for i in range(n))


print("%.6f" % main(130))
