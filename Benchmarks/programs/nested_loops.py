"""Loops: six nested `for` loops over ranges and an integer counter."""
def count(n):
    total = 0
    for a in range(n):
        for b in range(n):
            for c in range(n):
                for d in range(n):
                    for e in range(n):
                        total += a ^ b ^ c ^ d ^ e
    return total


print(count(20))
