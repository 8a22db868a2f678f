"""Lists: sorting with keys, reversed, of tuples, and of nearly sorted data."""
def run(n):
    seed, numbers = 99, []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        numbers.append(seed >> 4)
    by_digits = sorted(numbers, key=lambda x: (x % 1000, x))
    descending = sorted(numbers, reverse=True)
    texts = sorted(str(x) for x in numbers)
    floats = sorted(numbers, key=lambda x: -x / 3.0)
    nearly = sorted(numbers)
    for i in range(0, n - 1, 100):
        nearly[i], nearly[i + 1] = nearly[i + 1], nearly[i]
    nearly.sort()
    pairs = sorted([(x % 50, str(x)) for x in numbers])
    return by_digits[n // 2], descending[3], texts[5], floats[0], nearly[7], pairs[-1]


for _ in range(2):
    result = run(60000)
print(result)
