"""A long sum shares its text with the sums it was made from; none of them ever changes."""
text = ""
seen = []
for i in range(5000):
    text += chr(97 + i % 26)
    if i % 7 == 0:
        seen.append(text)
print(all(text.startswith(s) for s in seen), len(set(seen)) == len(seen), [len(s) for s in seen[:3]])
# expect: True True [1, 8, 15]
left, right = text + "x" * 3, text + "y" * 5
print(left[-4:], right[-6:], left[:-3] == right[:-5] == text)
# expect: hxxx hyyyyy True
wide = text
for c in ("é", "€", "😀"):
    for _ in range(500):
        wide += c
print(wide == text + "é" * 500 + "€" * 500 + "😀" * 500, len(wide), {wide: 1}[text + "é" * 500 + "€" * 500 + "😀" * 500])
# expect: True 6500 1
