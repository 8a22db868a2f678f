"""Dict and set work: counting, grouping, membership."""


def main(n):
    counts = {}
    seen = set()
    x = 1
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        key = x % 1009
        counts[key] = counts.get(key, 0) + 1
        if key in seen:
            continue
        seen.add(key)
    groups = {}
    for key, value in counts.items():
        groups.setdefault(value & 7, []).append(key)
    words = {}
    for i in range(n // 4):
        word = "w" + str(i % 500)
        if word in words:
            words[word] += i
        else:
            words[word] = i
    return len(counts), len(seen), sorted(len(g) for g in groups.values()), sum(words.values())


print(main(400000))
