def g():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        return x, y
    except ValueError as error:
        print("caught", error)
        yield "after"
    finally:
        print("finally")

it = g()
print(next(it), it.send("A"))
try:
    it.send("B")
except StopIteration as stop:
    print(stop.value)
it = g()
next(it)
print(it.throw(ValueError("v")))
print(it.close())
it = g()
next(it)
it.close()
print(it.gi_frame, it.gi_running)

def delegate():
    result = yield from g()
    print("result", result)
    return 5

print(list(delegate()))
d = delegate()
next(d)
print(d.throw(ValueError, "w"), d.gi_yieldfrom is not None)
d.close()

def leaks():
    raise StopIteration(1)
    yield

try:
    next(leaks())
except RuntimeError as error:
    print(error, repr(error.__cause__))

def running():
    try:
        next(me)
    except ValueError as error:
        print(error)
    yield

me = running()
next(me)
print(sum(i * i for i in range(10)))
def handled():
    import sys
    try:
        raise KeyError(1)
    except KeyError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]
import sys
h = handled()
print(next(h), sys.exc_info()[0])
try:
    raise ValueError
except ValueError:
    print(next(h), sys.exc_info()[0])

# expect: got A
# expect: 1 2
# expect: finally
# expect: ('A', 'B')
# expect: caught v
# expect: after
# expect: finally
# expect: None
# expect: finally
# expect: None False
# expect: got None
# expect: finally
# expect: result (None, None)
# expect: [1, 2]
# expect: caught w
# expect: after True
# expect: finally
# expect: generator raised StopIteration StopIteration(1)
# expect: generator already executing
# expect: 285
# expect: <class 'KeyError'> None
# expect: <class 'KeyError'> <class 'ValueError'>
