"""Strings: += in a loop, per-character loops, translate, join."""
def caesar(text, shift):
    out = ""
    for c in text:
        if "a" <= c <= "z":
            out += chr((ord(c) - 97 + shift) % 26 + 97)
        else:
            out += c
    return out


def is_palindrome(s):
    i, j = 0, len(s) - 1
    while i < j:
        if s[i] != s[j]:
            return False
        i += 1
        j -= 1
    return True


text = "the quick brown fox jumps over the lazy dog " * 1200
for shift in range(1, 14):
    text = caesar(text, shift)
palindromes = sum(is_palindrome(str(i)) for i in range(400000))
print(text[:44], palindromes)
