# sys.settrace and sys.setprofile on frames that already run, in the order of CPython's events; jumps; locals written back.
import sys

events = []


def tracer(frame, event, arg):
    if event == "exception":
        arg = arg[0].__name__
    events.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg))
    return tracer


def report(title):
    print(title, *events, sep="\n  ")
    events.clear()


def begins_in_the_middle(n):
    total = [n]
    sys._getframe().f_trace = tracer
    sys.settrace(tracer)
    total = total + [x * 2 for x in range(2)]
    while len(total) < 5:
        total.append(1)
    sys.settrace(None)
    for i in range(3):
        total.append(i)
    return total


print(begins_in_the_middle(7))
report("middle")


def turns_it_on(depth):
    if depth:
        return turns_it_on(depth - 1)
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_trace = tracer
        frame = frame.f_back
    sys.settrace(tracer)


def calls_it():
    a, b = 1, 2
    c = a + len([turns_it_on(1), b])
    try:
        raise KeyError(c)
    except KeyError as e:
        d = str(e)
    finally:
        sys.settrace(None)
    return c, d


print(calls_it())
report("from below")


def numbers():
    try:
        got = yield 1
        yield got
    finally:
        x = 0


def resumes_a_generator():
    g = numbers()
    next(g)
    sys.settrace(tracer)
    g.send("sent")
    try:
        g.throw(ValueError)
    except ValueError:
        pass
    sys.settrace(None)


resumes_a_generator()
report("generator")


class Box:
    def __init__(self, value):
        self.value = value


def profiled():
    sys.setprofile(tracer)
    try:
        len("abc")
        Box(1)
        [].append(*[1])
        int("x")
    except ValueError:
        pass
    sys.setprofile(None)


profiled()
print("profile", *[(name, event, getattr(arg, "__name__", arg)) for name, line, event, arg in events], sep="\n  ")
events.clear()


def jumping(to):
    done = []

    def jump(frame, event, arg):
        if not done and event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 3:
            done.append(to)
            try:
                frame.f_lineno = frame.f_code.co_firstlineno + to
            except ValueError as e:
                print("  refused:", str(e).replace(str(frame.f_code.co_firstlineno + to), "n"))
        return jump

    return jump


def jumped():
    steps = []
    for i in range(2):
        steps.append(i)
    else:
        steps.append("else")
    with open("/dev/null"):
        steps.append("with")
    try:
        steps.append("try")
    except KeyError:
        steps.append("except")
    return steps


for line in (1, 2, 5, 6, 7, 9, 10, 11, 12, 99, -99):
    sys.settrace(jumping(line))
    try:
        print(line, jumped())
    finally:
        sys.settrace(None)


def watched():
    a = 1
    b = [a]
    return a, b, "c" in locals()


def meddle(frame, event, arg):
    if event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 2:
        frame.f_locals["a"] = "changed"
    return meddle


sys.settrace(meddle)
print(watched())
sys.settrace(None)


def unbinds(frame, event, arg):
    if event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 2:
        del frame.f_locals["a"]
    return unbinds


sys.settrace(unbinds)
try:
    watched()
except UnboundLocalError as e:
    print(e)
finally:
    sys.settrace(None)
# expect: [7, 0, 2, 1, 1, 0, 1, 2]
# expect: middle
# expect:   ('begins_in_the_middle', 4, 'line', None)
# expect:   ('<listcomp>', 0, 'call', None)
# expect:   ('<listcomp>', 0, 'line', None)
# expect:   ('<listcomp>', 0, 'line', None)
# expect:   ('<listcomp>', 0, 'line', None)
# expect:   ('<listcomp>', 0, 'return', [0, 2])
# expect:   ('begins_in_the_middle', 5, 'line', None)
# expect:   ('begins_in_the_middle', 6, 'line', None)
# expect:   ('begins_in_the_middle', 5, 'line', None)
# expect:   ('begins_in_the_middle', 6, 'line', None)
# expect:   ('begins_in_the_middle', 5, 'line', None)
# expect:   ('begins_in_the_middle', 7, 'line', None)
# expect: (3, '3')
# expect: from below
# expect:   ('turns_it_on', 2, 'return', None)
# expect:   ('calls_it', 3, 'line', None)
# expect:   ('calls_it', 4, 'line', None)
# expect:   ('calls_it', 4, 'exception', 'KeyError')
# expect:   ('calls_it', 5, 'line', None)
# expect:   ('calls_it', 6, 'line', None)
# expect:   ('calls_it', 8, 'line', None)
# expect: generator
# expect:   ('numbers', 2, 'call', None)
# expect:   ('numbers', 3, 'line', None)
# expect:   ('numbers', 3, 'return', 'sent')
# expect:   ('numbers', 3, 'call', None)
# expect:   ('numbers', 3, 'exception', 'ValueError')
# expect:   ('numbers', 5, 'line', None)
# expect:   ('numbers', 5, 'return', None)
# expect: profile
# expect:   ('profiled', 'c_call', 'len')
# expect:   ('profiled', 'c_return', 'len')
# expect:   ('__init__', 'call', None)
# expect:   ('__init__', 'return', None)
# expect:   ('profiled', 'c_call', 'append')
# expect:   ('profiled', 'c_return', 'append')
# expect:   ('profiled', 'c_call', 'setprofile')
# expect: 1 [0, 1, 'else', 'with', 'try']
# expect: 2 [0, 1, 'else', 'with', 'try']
# expect: 5 ['else', 'with', 'try']
# expect: 6 ['with', 'try']
# expect:   refused: can't jump into the body of a with statement
# expect: 7 [0, 1, 'else', 'with', 'try']
# expect:   refused: can't jump into the body of a try statement
# expect: 9 [0, 1, 'else', 'with', 'try']
# expect:   refused: can't jump into an 'except' block as there's no exception
# expect: 10 [0, 1, 'else', 'with', 'try']
# expect:   refused: can't jump into an 'except' block as there's no exception
# expect: 11 [0, 1, 'else', 'with', 'try']
# expect: 12 []
# expect:   refused: line n comes after the current code block
# expect: 99 [0, 1, 'else', 'with', 'try']
# expect:   refused: line n comes before the current code block
# expect: -99 [0, 1, 'else', 'with', 'try']
# expect: ('changed', ['changed'], False)
# expect: local variable 'a' referenced before assignment
