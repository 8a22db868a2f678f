import sys

def nested():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError("k") from e
        finally:
            print("inner finally")
    except KeyError as e:
        return repr(e), repr(e.__cause__), e.__suppress_context__
    finally:
        print("outer finally")

print(nested())
try:
    try:
        raise ValueError(1)
    except ValueError:
        raise TypeError(2)
except TypeError as e:
    print(repr(e.__context__), e.__cause__)
def early():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                return "returned"
        finally:
            print("f", i)
print(early())
try:
    raise
except RuntimeError as e:
    print(e)
try:
    raise 5
except TypeError as e:
    print(e)
try:
    try:
        raise ValueError
    except 5:
        pass
except TypeError as e:
    print(e)
class CM:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): return "entered"
    def __exit__(self, kind, value, tb):
        print("exit", kind and kind.__name__, value, tb is not None)
        return self.swallow
with CM(True) as x:
    print(x)
    raise ValueError("q")
try:
    with CM(False):
        raise KeyError("r")
except KeyError as e:
    print(e, e.__traceback__.tb_lineno > 0)
with CM(False) as a, CM(True) as b:
    pass
print(sys.exc_info())
def deep(n):
    if n: return deep(n - 1)
    raise LookupError("deep")
try:
    deep(3)
except LookupError as e:
    tb, n = e.__traceback__, 0
    while tb: n, tb = n + 1, tb.tb_next
    print(n)
def rec(): return rec()
try: rec()
except RecursionError as e: print(e)
def unbound():
    if 0: z = 1
    return z
for f in (unbound, lambda: undefined_name):
    try: f()
    except NameError as e: print(type(e).__name__, e)
def deleted():
    v = 1
    del v
    return v
try: deleted()
except UnboundLocalError as e: print(e)

# expect: inner finally
# expect: outer finally
# expect: ("KeyError('k')", "ZeroDivisionError('division by zero')", True)
# expect: ValueError(1) None
# expect: f 0
# expect: f 1
# expect: f 2
# expect: returned
# expect: No active exception to reraise
# expect: exceptions must derive from BaseException
# expect: catching classes that do not inherit from BaseException is not allowed
# expect: entered
# expect: exit ValueError q True
# expect: exit KeyError 'r' True
# expect: 'r' True
# expect: exit None None False
# expect: exit None None False
# expect: (None, None, None)
# expect: 5
# expect: maximum recursion depth exceeded
# expect: UnboundLocalError local variable 'z' referenced before assignment
# expect: NameError name 'undefined_name' is not defined
# expect: local variable 'v' referenced before assignment
