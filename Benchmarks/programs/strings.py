"""Strings: building, splitting, replacing, formatting."""
def run(n):
    lines = []
    for i in range(n):
        lines.append("%d,name-%s,%0.2f,%s" % (i, i % 97, i / 7.0, "x" * (i % 5)))
    text = "\n".join(lines)
    total = 0
    longest = ""
    names = {}
    for line in text.split("\n"):
        fields = line.split(",")
        total += int(fields[0])
        name = fields[1].upper().replace("NAME-", "n")
        names[name] = names.get(name, 0) + float(fields[2])
        if line.startswith("1") and line.endswith("x") and len(line) > len(longest):
            longest = line.strip()
    out = []
    for name in sorted(names):
        out.append(f"{name:>6}|{names[name]:12.3f}|{len(name)!r}")
    joined = "".join(out)
    vowels = sum(joined.count(c) for c in "aeiou0123")
    reverse = joined[::-1]
    words = 0
    for i in range(0, len(text) - 10, 50):
        if text[i:i + 10].isalnum():
            words += 1
    return total, longest, vowels, reverse[:20], words, text.find("name-96,999")


for _ in range(3):
    result = run(20000)
print(result)
