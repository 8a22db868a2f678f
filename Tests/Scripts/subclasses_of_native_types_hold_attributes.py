"""Instances of subclasses of native types keep their attributes apart from their own fields and from their neighbours."""
import array
import collections
import datetime
import enum
import functools
import gc
import io
import random
import threading

bases = [
    (int, (5,)), (int, (2 ** 200,)), (float, (1.5,)), (complex, (1, 2)), (str, ("text",)), (str, ("t€xt",)), (bytes, (b"12345",)),
    (bytearray, (b"12345",)), (tuple, ((1, 2, 3),)), (list, ((1, 2, 3),)), (dict, ({1: 2},)), (set, ((1, 2),)), (frozenset, ((1, 2),)),
    (Exception, (1,)), (OSError, (2, "no")), (property, (len,)), (staticmethod, (len,)), (classmethod, (len,)), (type(gc), ("m",)),
    (datetime.date, (2013, 5, 1)), (datetime.time, (1, 2, 3, 4)), (datetime.datetime, (2013, 5, 1, 2, 3, 4, 5)), (datetime.timedelta, (5, 1, 2)),
    (datetime.timezone.__base__, ()), (collections.deque, ((1, 2),)), (collections.OrderedDict, ({1: 2},)),
    (collections.defaultdict, (int,)), (functools.partial, (len,)), (array.array, ("d", [1.5])), (io.BytesIO, (b"x",)), (io.StringIO, ("x",)),
    (random.Random, (1,)), (threading.local, ()), (enumerate, ("ab",)), (zip, ("ab",)), (map, (len, "ab")), (filter, (len, "ab")),
    (reversed, ("ab",)),
]
failures = []
for base, arguments in bases:
    for width in (1, 2, 3, 5, 9, 40):
        plain = type("Plain", (base,), {})
        mixed = type("Mixed", (base, type("Mixin", (), {})), {})
        for cls in (plain, mixed):
            alive = []
            for i in range(12):
                one = cls(*arguments)
                for k in range(width):
                    setattr(one, f"a{k}", [i, k])
                alive.append(one)
            gc.collect()
            junk = [[] for _ in range(200)]
            if any(getattr(one, f"a{k}") != [i, k] for i, one in enumerate(alive) for k in range(width)):
                failures.append((base.__name__, width))
print(failures)
# expect: []


class Holiday(datetime.date, enum.Enum):
    NEW_YEAR = 2013, 1, 1
    LABOUR = 2013, 5, 1


class Alarm(datetime.time, enum.Enum):
    EARLY = 5, 30
    LATE = 9, 15, 1


gc.collect()
print(Holiday.LABOUR.day, Alarm.LATE.minute, [m.name for m in Alarm])
# expect: 1 15 ['EARLY', 'LATE']
