"""Code read from marshalled bytes is the code that was written, runs, and bad bytes are errors."""
import marshal

source = """
def positional(a, /, b, *rest, c=4, **more):
    def inner(): return a, b, rest, c, sorted(more.items())
    return inner()
def closes():
    try:
        yield [x * 2 for x in (1, 2.5, 3j, 'é', b'b', ..., None, 1 << 70)[:2]]
    finally:
        done.append(True)
class Example:
    def method(self): return super().__repr__()[:1], __class__.__name__
done = []
result = positional(1, 2, 3, c=5, d=6), list(closes()), Example().method(), done, {1, 2} == frozenset({1, 2})
"""
code = compile(source, "somewhere", "exec")
data = marshal.dumps(code)
again = marshal.loads(memoryview(b"12" + data)[2:])
print(again == code, hash(again) == hash(code), again.co_filename, again.co_name, marshal.loads(marshal.dumps(again)) == code)
# expect: True True somewhere <module> True
namespace = {}
exec(again, namespace)
print(namespace["result"])
# expect: ((1, 2, (3,), 5, [('d', 6)]), [[2, 5.0]], ('<', 'Example'), [True], True)
names = [name for name in dir(code) if name.startswith("co_") and name != "co_lines"]
print([name for name in names if getattr(code, name) != getattr(again, name)], list(again.co_lines()) == list(code.co_lines()))
# expect: [] True
function = next(c for c in again.co_consts if hasattr(c, "co_code"))
print(function.co_name, function.co_varnames, function.co_cellvars, function.replace(co_name="other").co_name)
# expect: positional ('a', 'b', 'c', 'rest', 'more', 'inner') ('a', 'b', 'c', 'more', 'rest') other
for bad in [b"", b"(", b"r\0\0\0\0", b"[\xff\xff\xff\xff", b"s\xff\xff\xff\x7f", b"q", b"c\0", b"0", b"(\x01\0\0\x000", b"f\t", b"l\x02\0\0\0\xff\xff", b"{N"]:
    try:
        marshal.loads(bad)
    except (EOFError, ValueError, TypeError) as error:
        print(type(error).__name__, error, sep=": ")
# expect: EOFError: EOF read where object expected
# expect: EOFError: marshal data too short
# expect: ValueError: bad marshal data (invalid reference)
# expect: ValueError: bad marshal data (list size out of range)
# expect: EOFError: marshal data too short
# expect: ValueError: bad marshal data (unknown type code)
# expect: EOFError: marshal data too short
# expect: TypeError: NULL object in marshal data for object
# expect: TypeError: NULL object in marshal data for tuple
# expect: EOFError: marshal data too short
# expect: ValueError: bad marshal data (digit out of range in long)
# expect: EOFError: EOF read where object expected
for cut in range(0, len(data), 7):
    try:
        marshal.loads(data[:cut])
    except EOFError:
        continue
    print("read", cut)
