"""Primes and bit twiddling: list stores, shifts, masks."""


def sieve(n):
    flags = [True] * (n + 1)
    count = 0
    for i in range(2, n + 1):
        if flags[i]:
            count += 1
            for j in range(i + i, n + 1, i):
                flags[j] = False
    return count


def bits(n):
    total = 0
    for x in range(n):
        y = x
        while y:
            y &= y - 1
            total += 1
        total ^= (x << 3) & 0xFF
        total += (x >> 2) | 1
    return total


print(sieve(300000), bits(100000))
