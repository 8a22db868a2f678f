"""Makes a failing program small: shared by the fuzzers."""


def shrink(source, kind):
    """Drops lines, ever fewer at once, while `kind(text)` stays what it is for the whole `source`."""
    wanted = kind(source)
    lines = source.splitlines(True)
    size = max(1, len(lines) // 2)
    while size:
        start = 0
        while start < len(lines):
            candidate = lines[:start] + lines[start + size:]
            if candidate and kind("".join(candidate)) == wanted:
                lines = candidate
            else:
                start += size
        size //= 2
    return "".join(lines)
