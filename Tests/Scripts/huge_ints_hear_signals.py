"""Arithmetic on huge ints runs signal handlers on the way: it goes on when they return and ends when they raise."""
import math
import signal
import sys

ticks = []
signal.signal(signal.SIGALRM, lambda number, frame: ticks.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
a = 7 ** 150000
b = a * a
print(b == 7 ** 300000, b // a == a, b % a == 0, pow(3, a | 1, 2 ** 200 + 1) == pow(3, (a | 1) % (2 ** 200), 2 ** 200 + 1) or "order")
# expect: True True True order
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
c = a >> 200000
print(int(str(c)) == c, math.isqrt(c * c) == c, math.gcd(c * 6, c * 4) == c * 2, math.factorial(20000) // math.factorial(19999))
# expect: True True True 20000
signal.setitimer(signal.ITIMER_REAL, 0)


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop


signal.signal(signal.SIGALRM, stop)
big = 3 ** 400000
for name, work in (
    ("power", lambda: pow(3, 10 ** 7)), ("product", lambda: [big * (big + i) for i in range(200)]), ("modulus", lambda: [pow(3, big, big + 2)]),
    ("factorial", lambda: math.factorial(400000)), ("quotient", lambda: [(big * big) // (big + i) for i in range(1, 300)]),
):
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        work()
        print(name, "finished")
    except Stop:
        print(name, "stopped")
# expect: power stopped
# expect: product stopped
# expect: modulus stopped
# expect: factorial stopped
# expect: quotient stopped
