"""What cannot be had is MemoryError or OverflowError, at once and without a crash."""


def outcome(f):
    try:
        f()
        return "result"
    except Exception as e:
        return type(e).__name__


N = 10 ** 15
requests = [
    lambda: "x" * N, lambda: [0] * N, lambda: (0,) * N, lambda: b"x" * N, lambda: bytearray(b"x") * N, lambda: bytes(N),
    lambda: bytearray(N), lambda: "ab" * (2 ** 62), lambda: [1, 2] * (2 ** 62), lambda: (1, 2) * (2 ** 62),
    lambda: b"ab" * (2 ** 62), lambda: bytearray(2 ** 63), lambda: bytes(2 ** 63), lambda: "x" * 2 ** 63, lambda: [0] * 2 ** 63,
    lambda: 1 << 2 ** 63, lambda: 1 << 2 ** 62, lambda: list(range(10 ** 14)), lambda: tuple(range(10 ** 14)),
    lambda: "x".center(N), lambda: "x".ljust(N), lambda: "x".rjust(N), lambda: "x".zfill(N), lambda: b"x".center(N), lambda: b"x".zfill(N),
    lambda: format(1, "%d" % N), lambda: format("x", "%d" % N), lambda: "%*d" % (N, 1), lambda: "%*s" % (2 ** 63, "x"),
    lambda: format(1, "9" * 30), lambda: "{:>1000000000000000}".format("x"), lambda: format(1.5, ".%df" % (2 ** 40)),
    lambda: "%.*f" % (2 ** 40, 1.5), lambda: "\t".expandtabs(2 ** 63), lambda: (b"\t" * 10).expandtabs(2 ** 62),
    lambda: ("\t" * 4).expandtabs(2 ** 62), lambda: "abc".replace("", "x" * 2 ** 20) * 2 ** 45,
    lambda: int("1" * 100, 10).to_bytes(2 ** 62, "big"), lambda: (5).to_bytes(N, "big"), lambda: [*range(3)].__imul__(N),
    lambda: memoryview(bytes(8)).cast("B", [2 ** 62, 4]), lambda: __import__("array").array("d", [0]) * N,
    lambda: len(range(10 ** 30)), lambda: range(10 ** 30)[10 ** 31],
    lambda: [].__getitem__(10 ** 30), lambda: "abc"[10 ** 30], lambda: bytearray().__delitem__(10 ** 30),
]
print(*(outcome(f) for f in requests))
# expect: MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError OverflowError MemoryError MemoryError OverflowError OverflowError OverflowError OverflowError OverflowError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError MemoryError OverflowError ValueError MemoryError ValueError OverflowError OverflowError OverflowError OverflowError OverflowError MemoryError MemoryError MemoryError ValueError MemoryError OverflowError IndexError IndexError IndexError IndexError


def in_thread():
    import threading
    out = []
    t = threading.Thread(target=lambda: out.extend(outcome(f) for f in requests))
    t.start()
    t.join()
    return out


print(in_thread() == [outcome(f) for f in requests])
# expect: True
