"""Calls with the wrong arguments: the words of the TypeError, and what is complained of first."""
import _codecs
import _struct
import binascii
import collections
import datetime
import itertools
import math


def say(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except Exception as e:
        print(f"{type(e).__name__}: {e}".encode("ascii", "backslashreplace").decode())


# None goes by its own name; sizes beyond a word; C ints.
say(b"x".center, 3, None)
# expect: TypeError: center() argument 2 must be a byte string of length 1, not None
say([].insert, 2 ** 63, None)
# expect: OverflowError: Python int too large to convert to C ssize_t
say("a".expandtabs, 2 ** 40)
# expect: OverflowError: Python int too large to convert to C int
# Bound, unbound, and parsed as a tuple.
say("abc".count, x=1)
# expect: TypeError: count() takes no keyword arguments
say(str.count, "abc", x=1)
# expect: TypeError: str.count() takes no keyword arguments
say(collections.deque.insert, collections.deque())
# expect: TypeError: insert() takes exactly 2 arguments (0 given)
say(datetime.date.fromordinal)
# expect: TypeError: fromordinal() takes exactly 1 argument (0 given)
say(_struct.Struct.unpack)
# expect: TypeError: unbound method Struct.unpack() needs an argument
say(math.__format__)
# expect: TypeError: __format__() takes exactly one argument (0 given)
# What is missing comes first, then what is given twice, then what nobody asked for.
say(itertools.combinations, 1, iterable=2)
# expect: TypeError: combinations() missing required argument 'r' (pos 2)
say(itertools.combinations, 1, 2, iterable=2)
# expect: TypeError: combinations() takes at most 2 arguments (3 given)
say(max, nope=1)
# expect: TypeError: max expected at least 1 argument, got 0
say(NameError, a=1, b=2)
# expect: TypeError: NameError() takes at most 1 keyword argument (2 given)
# Names with lone surrogates are shown as they are.
say(getattr, 5, "\ud800")
# expect: AttributeError: 'int' object has no attribute '\ud800'
say(NameError, **{"\ud800": 1})
# expect: TypeError: '\ud800' is an invalid keyword argument for NameError()
say(b"".decode, "\ud800")
# expect: UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
say(_codecs.utf_8_encode, "", 5)
# expect: TypeError: utf_8_encode() argument 2 must be str or None, not int
say(_codecs.utf_8_decode, "", 5, 5)
# expect: TypeError: a bytes-like object is required, not 'str'
say(sum, None, "x")
# expect: TypeError: 'NoneType' object is not iterable
say(bytearray().__rmod__, b"a")
# expect: NotImplemented


class Bad:
    def __index__(self):
        raise ZeroDivisionError


say(b"a".__contains__, Bad())
# expect: TypeError: a bytes-like object is required, not 'Bad'
print({1, 2} ^ {97, 98, 1}, type(iter(memoryview(b"ab"))).__name__, slice(1, 5).indices(True), list(memoryview(bytes(4)).cast("H")))
# expect: {97, 98, 2} memory_iterator (1, 1, 1) [0, 0]
say(iter, memoryview(bytes(4)).cast("B", [2, 2]))
# expect: NotImplementedError: multi-dimensional sub-views are not implemented
say(b"ab".count, memoryview(bytearray(8))[::2])
# expect: BufferError: memoryview: underlying buffer is not C-contiguous
say(bytearray, memoryview(bytearray(b"abcd"))[::2])
# expect: bytearray(b'ac')
say(binascii.crc32, None, None)
# expect: TypeError: a bytes-like object is required, not 'NoneType'
say(_struct.pack, [])
# expect: TypeError: unhashable type: 'list'
say(datetime.date)
# expect: TypeError: function missing required argument 'year' (pos 1)
say(collections.OrderedDict().move_to_end, (1, 2))
# expect: KeyError: (1, 2)
say(itertools.combinations, None, -1)
# expect: TypeError: 'NoneType' object is not iterable
