a, *b, c = range(6); print(a, b, c)
x = [1, 2, 3]; x[0] += 5; x[1:2] = [9, 9]; print(x)
x[0], x[1] = x[1], x[0]; print(x)
p = q = []; p.append(1); print(q)
print(1 < 2 < 3, 1 < 3 > 5, not [], 5 if x else 6, 1 and 0 or 3, None is None, 1 in x, 7 not in x)
print(2 ** 10, 7 // -2, -7 % 3, 1 << 50, (1 << 47) + (1 << 47), 140737488355327 + 1, -140737488355328 - 1)
print(1e300 * 10, 3 / 2, 0.1 + 0.2, 2 ** -1, 5 & 3 | 8 ^ 1, ~5, -(-3), +True)
for bad in ("1 / 0", "1 % 0", "1.0 // 0", "'a' + 1", "[] < 1", "None[0]", "len(5)", "[1][5]", "{}['k']", "'a' * 'b'", "-'a'"):
    try: eval(bad)
    except Exception as e: print(type(e).__name__, e)
for target in ("a, b = 1", "a, b = 1, 2, 3", "a, b, c = 1, 2", "a, *b, c = [1]"):
    try: exec(target)
    except Exception as e: print(type(e).__name__, e)
i = 0
while True:
    i += 1
    if i % 2: continue
    if i > 6: break
else: print("no")
print(i)
for k in range(2): pass
else: print("else", k)
print(f"{3.14159:.2f} {'x':>5} {i!r:>3} {i=}")
print([i * j for i in range(3) for j in range(3) if i != j], {i: i * i for i in range(3)}, sorted({1, 2, 3} | {4}))
print((lambda a, b=2: a + b)(1), *[1, 2], sep="-")
print([*range(3), *"ab"], {**{"a": 1}, "b": 2}, (*[1], 2))
if (n := 10) > 5: print(n)
d = {"a": 1}; d["b"] = 2; del d["a"]; print(d)
assert True
try: assert 0, "msg"
except AssertionError as e: print("AE", e)

# expect: 0 [1, 2, 3, 4] 5
# expect: [6, 9, 9, 3]
# expect: [9, 6, 9, 3]
# expect: [1]
# expect: True False True 5 3 True False True
# expect: 1024 -4 2 1125899906842624 281474976710656 140737488355328 -140737488355329
# expect: 1e+301 1.5 0.30000000000000004 0.5 9 -6 3 1
# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError integer division or modulo by zero
# expect: ZeroDivisionError float floor division by zero
# expect: TypeError can only concatenate str (not "int") to str
# expect: TypeError '<' not supported between instances of 'list' and 'int'
# expect: TypeError 'NoneType' object is not subscriptable
# expect: TypeError object of type 'int' has no len()
# expect: IndexError list index out of range
# expect: KeyError 'k'
# expect: TypeError can't multiply sequence by non-int of type 'str'
# expect: TypeError bad operand type for unary -: 'str'
# expect: TypeError cannot unpack non-iterable int object
# expect: ValueError too many values to unpack (expected 2)
# expect: ValueError not enough values to unpack (expected 3, got 2)
# expect: ValueError not enough values to unpack (expected at least 2, got 1)
# expect: 8
# expect: else 1
# expect: 3.14     x   8 i=8
# expect: [0, 0, 0, 2, 0, 2] {0: 0, 1: 1, 2: 4} [1, 2, 3, 4]
# expect: 3-1-2
# expect: [0, 1, 2, 'a', 'b'] {'a': 1, 'b': 2} (1, 2)
# expect: 10
# expect: {'b': 2}
# expect: AE msg
