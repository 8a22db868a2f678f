"""Dictionaries: word counts, inverted index, grouping, deletion."""
def words(n):
    seed = 12345
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield "w%d" % (seed >> 12 & 4095)


def run(n):
    counts = {}
    index = {}
    for position, word in enumerate(words(n)):
        counts[word] = counts.get(word, 0) + 1
        if word in index:
            index[word].append(position)
        else:
            index[word] = [position]
    groups = {}
    for word, count in counts.items():
        groups.setdefault(count, set()).add(word)
    for word in list(counts):
        if counts[word] & 1:
            del counts[word]
    pairs = {}
    for i in range(n):
        key = (i % 317, i % 211)
        pairs[key] = pairs.get(key, 0) + i
    merged = {**counts, **{word: len(places) for word, places in index.items() if len(places) > 20}}
    return len(counts), len(index), len(groups), len(pairs), sum(pairs.values()), sum(merged.values())


print(run(150000))
