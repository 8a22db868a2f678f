"""Big integers: digits of pi, factorials, modular powers."""
def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < n:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return digits


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


digits = pi_digits(2000)
big = factorial(4000)
power = pow(3, factorial(120), 2 ** 521 - 1)
print(digits[-10:], big % (10 ** 9 + 7), power % 10 ** 12, len(str(big % 10 ** 4000)))
