"""Sends SIGINT to programs that are busy in different ways: each must end by KeyboardInterrupt within a few seconds.

    taipan Tests/Terminal/interrupts.py [INTERPRETER]

What CPython 3.10 itself does not interrupt (a big power, a long sort of ints, a regular expression that backtracks) is held
to the same rule here, for an evaluation that cannot be stopped is worse than one that can.
"""
import os
import select
import signal
import subprocess
import sys
import time

INTERPRETER = sys.argv[1] if len(sys.argv) > 1 else sys.executable
LIMIT = 8

PROGRAMS = {
    "a loop": "while True: pass",
    "a for loop": "for i in range(10**12): pass",
    "sleep": "import time; time.sleep(1000)",
    "read of standard input": "import sys; sys.stdin.read()",
    "input": "input()",
    "os.read": "import os; r, w = os.pipe(); os.read(r, 1)",
    "acquire of a lock": "import threading; l = threading.Lock(); l.acquire(); l.acquire()",
    "acquire with a timeout": "import threading; l = threading.Lock(); l.acquire(); l.acquire(timeout=1000)",
    "wait of an event": "import threading; threading.Event().wait()",
    "join of a thread": "import threading, time; t = threading.Thread(target=time.sleep, args=(1000,), daemon=True); t.start(); t.join()",
    "get of a queue": "import queue; queue.Queue().get()",
    "get of a simple queue": "import _queue; _queue.SimpleQueue().get()",
    "select": "import select; select.select([], [], [], 1000)",
    "poll": "import select; p = select.poll(); p.poll(1000000)",
    "accept": "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.accept()",
    "wait of a child": "import subprocess; subprocess.Popen(['sleep', '30'], stdout=-3, stderr=-3).wait()",
    "asyncio": "import asyncio; asyncio.run(asyncio.sleep(1000))",
    "sum of a range": "sum(range(10**12))",
    "max of a range": "max(range(10**12))",
    "sum of a generator": "sum(x for x in iter(int, 1))",
    "list of an endless iterator": "import itertools; any(itertools.repeat(0))",
    "consuming a deque": "import itertools, collections; collections.deque(itertools.count(), maxlen=0)",
    "membership": "-1 in iter(int, 1)",
    "a big power": "pow(3, 10**8)",
    "a big power with a modulus": "m = 10**30000 + 7; pow(3, m - 1, m)",
    "a big product": "a = 7 ** 3000000; b = a\nwhile True: b = a * a",
    "digits of a big int": "import sys; sys.set_int_max_str_digits(0); str(3 ** 20000000)",
    "a sort": "import random; l = [random.random() for _ in range(300000)]\nwhile True: l[:] = l[::-1]; l.sort(); random.shuffle(l)",
    "a sort with comparisons in Python": "import functools\nwhile True: sorted(range(10**5), key=functools.cmp_to_key(lambda a, b: -1))",
    "a regular expression": "import re; re.match(r'(a+)+$', 'a' * 64 + 'b')",
    "a factorial": "import math; math.factorial(3000000)",
    "combinations": "import itertools; sum(1 for _ in itertools.permutations(range(30)))",
    "a join of an endless map": "''.join(map(str, iter(int, 1)))",
    "a comparison of long lists": "l = [[0] * 1000 for _ in range(1000)]\nwhile l == [list(x) for x in l]: pass",
    "a class that counts itself": "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nset(A())",
    "recursion": "def f(n):\n  return n < 2 or f(n - 1) + f(n - 2)\nf(60)",
    "json": "import json\nwhile True: json.loads(json.dumps(list(range(10000))))",
    "a with statement": "class C:\n  def __enter__(self): pass\n  def __exit__(self, *a): pass\nwhile True:\n  with C(): pass",
    "a generator": "def g():\n  while True: yield\nfor _ in g(): pass",
    "skipping items": "import itertools; next(itertools.filterfalse(None, itertools.repeat(1)))",
    "skipping selected items": "import itertools; next(itertools.compress(itertools.repeat(1), itertools.repeat(0)))",
    "a late slice": "import itertools; next(itertools.islice(itertools.repeat(0), 10**12, None))",
    "a chain of nothing": "import itertools; any(itertools.chain.from_iterable(itertools.repeat(())))",
    "a reduction": "import functools, itertools, operator; functools.reduce(operator.add, itertools.repeat(0))",
    "a binomial": "import math; math.comb(4 * 10**6, 2 * 10**6)",
    "a square root": "import math\nwhile True: math.isqrt(7**(10**7))",
    "a quotient": "a = 7**6000000; b = 7**3000000 + 1\nwhile True: a // b",
    "an int of text": "import sys; sys.set_int_max_str_digits(0); int('7' * 20000000)",
    "an import": "import sys\nwhile True:\n  sys.modules.pop('json', None); import json",
}


def run(name, program):
    with subprocess.Popen(
        [INTERPRETER, "-c", "print('ready', flush=True)\n" + program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    ) as child:
        child.stdout.readline()
        time.sleep(0.4)
        if child.poll() is not None:
            return f"it ended by itself ({child.returncode}): {child.stderr.read()[-200:]!r}"
        child.send_signal(signal.SIGINT)
        start = time.monotonic()
        try:
            child.wait(LIMIT)
        except subprocess.TimeoutExpired:
            child.kill()
            return f"still running {LIMIT} s later"
        text = child.stderr.read().decode(errors="replace").rstrip()
        if child.returncode != -signal.SIGINT or not text.endswith("KeyboardInterrupt"):
            return f"ended with {child.returncode} after {time.monotonic() - start:.1f} s: {text[-200:]!r}"
    return None


def main():
    # A shell starts background jobs with SIGINT ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    failed = 0
    for name, program in PROGRAMS.items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        problem = run(name, program)
        print(f"FAILED {name}: {problem}" if problem else f"ok {name}", flush=True)
        failed += problem is not None
    total = len(sys.argv[2:]) or len(PROGRAMS)
    print(f"{total - failed} of {total} programs are interrupted")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
