"""memoryview: formats, casts, shapes, strides, slices, comparisons, hashes, tobytes orders, release; bytes-like odd arguments."""
import array
import itertools

from cases import Bad, Index, Odd, call, case

DATA = bytes(range(240, 256)) + bytes(range(8))
FORMATS = ["B", "b", "c", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d", "n", "N", "P", "?", "e", "@B", "@i", "<i", ">i", "=i", "!i", "", "x", "s", "p", "u", "ii", "@", "0i", "1i", "z", "é", " i", "\0"]


def view(): return memoryview(bytearray(DATA))


for first, second in itertools.product(FORMATS, FORMATS):
    call(f"cast {first!r} then {second!r}", lambda: (lambda m: (m.format, m.itemsize, m.shape, m.strides, m.nbytes, m.tolist() if m.format not in "PN" else 0))(view().cast(first).cast(second)))
for form in FORMATS[:18]:
    for value in (0, 1, -1, 127, 128, 255, 256, 2**31, 2**63, 2**64, -2**63 - 1, 1.5, 1e40, float("nan"), True, None, "a", b"a", b"ab", b"", Index(3), Bad(), Odd(), [], 1j):
        def store():
            m = view().cast(form)
            m[1] = value
            return m.tobytes()
        call(f"cast({form!r})[1] = {value!r}", store)
    call(f"{form!r} compares", lambda: [view().cast(form) == view().cast(other) for other in FORMATS[:18]])
    call(f"{form!r} compares to array", lambda: [view().cast(form) == array.array(t, DATA) for t in "bBhHiIlLqQfd"])
    call(f"{form!r} hash", lambda: hash(memoryview(DATA).cast(form)))
    for index in (0, -1, 5, 100, -100, slice(1, 3), slice(None, None, -2), slice(None, None, 0), (0,), (), (0, 0), ..., None, "a", 1.5, Index(1), 2**70, Bad()):
        call(f"cast({form!r})[{index!r}]", lambda: (lambda v: v.tolist() if isinstance(v, memoryview) else v)(memoryview(DATA).cast(form)[index]))
SHAPES = [[24], [2, 12], [4, 6], [2, 3, 4], [1, 24], [24, 1], [0], [5, 5], [-1], [2, -12], [], (), (2, 12), [2.0, 12], ["a"], None, 24, [2**63], [2**40, 2**40], [1] * 64 + [24], [1] * 65, [True, 24], [Index(24)], [24, 0], "ab", {24}]
for shape in SHAPES:
    call(f"cast('B', {shape!r})", lambda: (lambda m: (m.shape, m.strides, m.ndim, m.nbytes, m.contiguous, m.c_contiguous, m.f_contiguous, len(m), m.tolist(), m.tobytes()))(memoryview(DATA).cast("B", shape)))
    for index in (0, -1, (0, 0), (1, 2), (-1, -1), (0, 0, 0), (9, 9), (0, "a"), slice(0, 1), (slice(0, 1), 0), ..., (), (..., 0), 7, (0, slice(None))):
        call(f"cast('B', {shape!r})[{index!r}]", lambda: memoryview(DATA).cast("B", shape)[index])
        def store():
            m = view().cast("B", shape)
            m[index] = 7
            return m.tobytes()
        call(f"cast('B', {shape!r})[{index!r}] = 7", store)
    for order in ("C", "F", "A", None, "c", "", "CF", 5, b"C"):
        call(f"cast('B', {shape!r}).tobytes({order!r})", lambda: memoryview(DATA).cast("B", shape).tobytes(order))
    call(f"cast('B', {shape!r}) iterated", lambda: list(memoryview(DATA).cast("B", shape)))
    call(f"cast('B', {shape!r}) contains", lambda: 250 in memoryview(DATA).cast("B", shape))
    call(f"cast('B', {shape!r}) equals", lambda: [memoryview(DATA).cast("B", shape) == memoryview(DATA).cast("B", other) for other in ([24], [2, 12], [4, 6], [24, 1])])
    call(f"cast('i', {shape!r})", lambda: memoryview(DATA).cast("i", shape).tolist())
STRIDED = ["m[::2]", "m[::-1]", "m[1::3]", "m[5:2]", "m[::2][::3]", "m[::-1][::-1]", "m[0:0]", "m[100:]", "m.cast('h')[::2]", "m.cast('B', [4, 6])[::2]", "m.cast('B', [4, 6])[::-1]", "m.cast('B', [4, 6])[1:3]", "m.toreadonly()", "memoryview(m)"]
for source in STRIDED:
    for use in ("v.tolist()", "v.tobytes()", "v.tobytes('F')", "v.hex()", "v.hex(':', 2)", "bytes(v)", "bytearray(v)", "list(v)", "v == bytes(v)", "v == v[::1]", "v.cast('B')", "v.cast('h')", "v.shape, v.strides, v.nbytes, v.itemsize, v.readonly, v.suboffsets, len(v)", "v.contiguous, v.c_contiguous, v.f_contiguous", "b''.join([v])", "bytearray(b'ab') + v", "v[0]", "v[-1]", "v[1:]", "hash(v.toreadonly())",
                "b'xyz'.replace(b'x', v)", "v.obj is m.obj", "int.from_bytes(v, 'big')", "bytes(24).startswith(v)", "v.release()", "v.__enter__()", "reversed(v)", "tuple(reversed(v))", "v < v", "v != 3", "memoryview(v) is v", "bool(v)", "v.format", "__import__('struct').unpack('B', v[:1])", "__import__('binascii').hexlify(v)", "__import__('zlib').crc32(v)", "__import__('array').array('B', v)", "__import__('io').BytesIO(v).read()", "__import__('hashlib').md5(v).hexdigest()", "str(v, 'latin-1')", "b'%b' % v"):
        case(use, {"m": view(), "v": eval(source, {"m": view(), "memoryview": memoryview}), "source": source})
    for value in ("b'xy'", "b''", "bytes(len(m))", "5", "m", "memoryview(bytes(12))", "'a'", "array.array('B', bytes(12))", "array.array('b', bytes(12))", "bytes(12)"):
        def assign():
            m = view()
            v = eval(source, {"m": m, "memoryview": memoryview})
            v[:] = eval(value, {"m": m, "array": array, "memoryview": memoryview})
            return m.tobytes()
        call(f"{source}[:] = {value}", assign)
for text in ("m.tolist()", "m[0]", "m[0] = 1", "m.format", "m.nbytes", "m.shape", "len(m)", "bytes(m)", "m == m", "m != b''", "hash(m)", "repr(m)", "m.release()", "m.cast('B')", "m.hex()", "m.obj", "memoryview(m)", "m.__enter__()", "m.__exit__()", "m.toreadonly()", "list(m)", "0 in m", "m.readonly", "m.contiguous", "m.suboffsets", "m.ndim"):
    m = view()
    m.release()
    case(text, {"m": m})


def exported():
    b = bytearray(b"abc")
    m = memoryview(b)
    answers = []
    for change in (lambda: b.append(1), lambda: b.extend(b"x"), lambda: b.pop(), lambda: b.clear(), lambda: b.__init__(b"q"), lambda: b.insert(0, 1), lambda: b.__delitem__(0), lambda: b.__setitem__(slice(0, 1), b"xyz"), lambda: b.__setitem__(0, 65), lambda: b.__setitem__(slice(0, 1), b"Z"), lambda: b.reverse(), lambda: b.__iadd__(b"x"), lambda: b.__imul__(2), lambda: b.remove(90)):
        try:
            answers.append(change())
        except Exception as e:
            answers.append(repr(e))
    m2 = m[1:]
    m.release()
    try:
        b.append(1)
    except BufferError as e:
        answers.append(str(e))
    m2.release()
    b.append(1)
    return answers, b


call("a bytearray with views", exported)
for value in (5, "a", None, [], {}, 1.5, Odd(), Bad(), b"", range(3), (1, 2), array.array("u", "ab"), array.array("d", [1.5])):
    call(f"memoryview({value!r})", lambda: memoryview(value).tolist())
    call(f"memoryview(object={value!r})", lambda: memoryview(object=value).nbytes)
for arguments in ((), (b"a", b"b"), (b"a", 1, 2)):
    call(f"memoryview{arguments}", memoryview, *arguments)
for sep, group in itertools.product(["", ":", "ab", b"-", b"", "é", 5, None, "\ud800", b"\xff"], [0, 1, 2, -1, -3, 7, 100, 2**31, -2**31, 2**70, 1.5, "a", True]):
    for source in (b"abcdefg", bytearray(b"abcdefg"), memoryview(b"abcdefg"), b""):
        call(f"{type(source).__name__}({bytes(source)!r}).hex({sep!r}, {group!r})", source.hex, sep, group)
