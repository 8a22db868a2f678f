"""Every kind of expression, constants of every type."""
numbers = (0, 1, -1, 255, 256, 2**31 - 1, 2**31, 2**63, -2**64, 10**40, 0x_ff, 0b101, 0o17)
floats = [0.0, -0.0, 1.5, 1e16, 1e-5, 0.1, 1e300 * 1e10, 5e-324, 123456789.125]
complexes = {1j, 2.5j, -0.0 - 1j}
texts = 'plain', "it's", 'both \' and "', 'tab\tnewline\n', '\x00\x7f\x80\xa0', 'ä€😀', '\ud800', r'raw\n', 'a' 'b'
data = b'bytes', b'\x00\xff\'"', b'' b'x'
special = None, True, False, ..., ()


def operators(a, b, c):
    x = a + b - c * a / b // c % a ** b @ c
    y = (a << b) >> c & a | b ^ ~c
    z = +a, -b, not c
    a += 1; a -= b; a *= c; a /= 2; a //= 3; a %= 4; a **= 5; a @= b; a <<= 1; a >>= 2; a &= 3; a |= 4; a ^= 5
    return x, y, z, a < b, a <= b, a == b, a != b, a > b, a >= b, a is b, a is not b, a in b, a not in b


def boolean(a, b, c):
    if a and b or not c:
        return a if b else c
    return a < b < c == a is not None and (a or b) and not (b and c)


def calls(f, *args, key=None, **kwargs):
    f()
    f(1, 2, three=3)
    f(*args)
    f(*args, 4, **kwargs)
    f(1, *args, key=key, **kwargs, other=2)
    f.method(1).other.third(x=1)
    return f(x for x in args)


def containers(a, *b):
    return [a, *b], (a, *b), {a, *b}, {'k': a, **a, 'l': 2}, {1: 2, 3: 4, 5: a}, [], {}, set(), [1, 2, 3], {1, 2, 3}, (1, a)


def subscripts(a, i, j):
    a[i] = a[i:j] = a[i:j:2] = a[..., i, 1:2]
    del a[i], a[:], a.b
    a.b.c = a.b[i].c
    return a[-1][::-1]


def strings(a, b):
    return f'{a}{b!r:>{b}}{a!s}{b!a:x}{a=}{b=!s:5}' f'{{literal}}' 'tail' f"{a['key']:{b}.{a}}"


def comprehensions(xs, ys):
    one = [x for x in xs]
    two = {x: y for x in xs if x if y for y in ys}
    three = {(x, y) for x in xs for y in ys}
    four = (x for x in xs) if xs else None
    five = [[x + y for x in ys] for y in xs if (z := y)]
    return one, two, three, four, five, z, lambda q, *r, s=1, **t: (q, r, s, t, xs)


folded = 1 + 2 * 3, 'a' * 3, (1, 2) + (3,), -(-5), not True, 2 ** 10, 'abc'[1], (1, 2, 3)[-1], 1 if 0 else 2, 7 // 2, 1 / 4
member = numbers in [1, 2, 3], numbers not in {1, 2}, folded is ...


def empty_sequences_times_huge():
    return "" * 10**20, b"" * -10**20, () * 9223372036854775807, 9223372036854775808 * ()
