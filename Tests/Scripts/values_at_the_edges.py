"""Small values where CPython has an answer of its own: empty fields, strided buffers, digits of other scripts, odd namespaces."""
import array
import operator
import struct


def say(f, *args, **keywords):
    try:
        print(ascii(f(*args, **keywords)))
    except Exception as e:
        print(f"{type(e).__name__}: {e}".encode("ascii", "backslashreplace").decode())


# An empty str in a field of one.
say(format, "", "1")
# expect: ' '
say("{:>1}|".format, "")
# expect: ' |'
# A width in digits of another script.
say(format, 5, "\u0663d")
# expect: '  5'
# Blanks below space are none in a text beyond ASCII.
say(float, "\x1c1\x85")
# expect: ValueError: could not convert string to float: '\x1c1\x85'
say(int, "x" * 300)
# expect: ValueError: invalid literal for int() with base 10: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
say(complex, "1_")
# expect: ValueError: could not convert string to complex: '1_'
say(b"%i".__mod__, [])
# expect: TypeError: %d format: a real number is required, not list
# Buffers whose bytes do not lie side by side.
view = memoryview(bytes(range(9)))[::2]
say(int.from_bytes, view, "big")
# expect: 33818120
say(struct.unpack, "5s", view)
# expect: BufferError: memoryview: underlying buffer is not C-contiguous
say(b"".join, [view])
# expect: TypeError: sequence item 0: expected a bytes-like object, memoryview found
say(bytearray(b"ab").__eq__, view)
# expect: NotImplemented
say(operator.concat, memoryview(b"a"), "b")
# expect: TypeError: 'memoryview' object can't be concatenated
say(memoryview(array.array("u", "ab")).cast("B").tolist)
# expect: [97, 0, 0, 0, 98, 0, 0, 0]


class Three:
    def __index__(self):
        return 3


# What counts is no sequence of bytes.
def assign(value):
    target = bytearray(b"abcdef")
    target[1:3] = value
    return target


for value in (Three(), 3, "x", 1.5):
    say(assign, value)
# expect: TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
# expect: TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
# expect: TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
# expect: TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
say(int.from_bytes, Three(), "big")
# expect: TypeError: cannot convert 'Three' object to bytes
say(slice(0, True, True).indices, 5)
# expect: (0, 1, 1)
# Cased without being a letter with a case of its own.
say("a\u02b0b".title)
# expect: 'A\u02b0b'
say(struct.pack, ">q", 2**63)
# expect: error: int too large to convert
say(struct.pack, ">h", 40000)
# expect: error: 'h' format requires -32768 <= number <= 32767
# Views ask their dict; what is in no view needs no hash.
say(lambda: {1: 2}.items() & [[], (1, 2)])
# expect: {(1, 2)}
# Code that wants arguments is called without any.
say(eval, (lambda a, *, b=1: a).__code__)
# expect: TypeError: <lambda>() missing 1 required positional argument: 'a'
say(eval, (lambda *a, **k: (a, k)).__code__)
# expect: ((), {})
say(compile, "1", "n", "exec", 0x40)
# expect: ValueError: compile(): unrecognised flags
