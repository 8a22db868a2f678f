"""sort and sorted with keys, over ints, strings and tuples."""


def main(n):
    x = 42
    values = []
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        values.append(x)
    by_last = sorted(values, key=lambda v: v % 1000)
    words = [str(v) for v in values]
    words.sort()
    pairs = sorted((v & 15, w) for v, w in zip(values, words))
    values.sort(reverse=True)
    return by_last[0] % 1000, words[0], pairs[-1][0], values[:2]


print(main(80000))
