"""Loops: a `while` loop with integer arithmetic and a branch."""
def collatz(limit):
    best = longest = 0
    start = 1
    while start < limit:
        n = start
        steps = 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > longest:
            longest = steps
            best = start
        start += 1
    return best, longest


print(collatz(60000))
