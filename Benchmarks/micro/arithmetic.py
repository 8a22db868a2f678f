import math, random, decimal, fractions, datetime, time


def int_add(n):
    x = 0
    for i in range(n): x += i

def int_multiply_mod(n):
    x = 1
    for i in range(n): x = x * 31 % 65537

def int_divmod(n):
    for i in range(n): divmod(i, 7)

def int_power(n):
    for i in range(n): i ** 2

def int_pow_mod(n):
    for i in range(n): pow(3, 1000, 65537)

def int_shift(n):
    for i in range(n): (i << 3) ^ (i >> 2)

def int_compare_chain(n):
    for i in range(n): 0 <= i < 10

def int_64_bits(n):
    x = 0x9E3779B97F4A7C15
    for i in range(n): (x * 5) & 0xFFFFFFFFFFFFFFFF

def bigint_add(n):
    a, b = 10 ** 40, 10 ** 39
    for i in range(n): a + b

def bigint_multiply(n):
    a, b = 10 ** 200, 10 ** 199 + 7
    for i in range(n): a * b

def bigint_divide(n):
    a, b = 10 ** 200, 10 ** 99 + 7
    for i in range(n): a // b

def bigint_str(n):
    a = 7 ** 300
    for i in range(n // 10 + 1): str(a)

def bigint_parse(n):
    s = str(7 ** 300)
    for i in range(n // 10 + 1): int(s)

def int_bit_length(n):
    for i in range(n): i.bit_length()

def int_to_bytes(n):
    for i in range(n): i.to_bytes(8, "little")

def int_from_bytes(n):
    b = b"12345678"
    for i in range(n): int.from_bytes(b, "big")

def int_hex_format(n):
    for i in range(n): hex(i)

def float_arithmetic(n):
    x = 0.5
    for i in range(n): x = x * 1.0001 + 0.1

def float_power(n):
    for i in range(n): 1.5 ** 2.5

def float_of_int(n):
    for i in range(n): float(i)

def int_of_float(n):
    for i in range(n): int(2.5)

def round_float(n):
    for i in range(n): round(2.567, 2)

def abs_negative(n):
    for i in range(n): abs(-5)

def math_sqrt(n):
    s = math.sqrt
    for i in range(n): s(2.0)

def math_floor(n):
    for i in range(n): math.floor(2.5)

def math_gcd(n):
    for i in range(n): math.gcd(i, 36)

def complex_multiply(n):
    a, b = 1 + 2j, 0.5 - 1j
    for i in range(n): a * b + a

def random_random(n):
    r = random.random
    for i in range(n): r()

def random_randint(n):
    for i in range(n): random.randint(1, 6)

def random_shuffle(n):
    x = list(range(10))
    for i in range(n // 10 + 1): random.shuffle(x)

def fraction_add(n):
    a, b = fractions.Fraction(1, 3), fractions.Fraction(2, 5)
    for i in range(n // 10 + 1): a + b

def datetime_delta(n):
    d, t = datetime.datetime(2024, 1, 1), datetime.timedelta(days=1)
    for i in range(n): d + t

def datetime_format(n):
    d = datetime.datetime(2024, 1, 1)
    for i in range(n): d.isoformat()

def range_iterate(n):
    for i in range(n):
        for k in range(3): pass

def range_in(n):
    r = range(0, 100, 3)
    for i in range(n): 33 in r

def bool_logic(n):
    a, b = True, False
    for i in range(n): a and not b

def sum_range(n):
    sum(range(n))

def sum_floats(n):
    x = [0.5] * 100
    for i in range(n // 10 + 1): sum(x)
