class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def f(v):
    match v:
        case 0 | 1: return "small"
        case int(n) if n > 100: return f"big {n}"
        case str() as s: return "str " + s
        case [a, b]: return f"pair {a} {b}"
        case [1, *rest, 9]: return f"ends {rest}"
        case {"k": [x, *_], **rest}: return f"map {x} {rest}"
        case P(0, y=yy): return f"P0 {yy}"
        case P(a, b): return f"P {a} {b}"
        case None: return "none"
        case _: return "other"
for v in (0, 101, "s", (1, 2), [1, 2, 3, 9], {"k": [5, 6], "z": 1}, P(0, 3), P(4, 5), None, 3.5, 50):
    print(f(v))
match (1, 2, 3):
    case (x, _, z): print(x, z)

# expect: small
# expect: big 101
# expect: str s
# expect: pair 1 2
# expect: ends [2, 3]
# expect: map 5 {'z': 1}
# expect: P0 3
# expect: P 4 5
# expect: none
# expect: other
# expect: other
# expect: 1 3
