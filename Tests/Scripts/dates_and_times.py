# The native datetime: arithmetic, comparison, ISO text, zones, folds and their errors.
from _datetime import date, datetime, time, timedelta, timezone, tzinfo

def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r), str(r))
    except Exception as error:
        print(type(error).__name__, error)

for k in (dict(days=-1, seconds=5), dict(weeks=1, hours=25.5, minutes=-3), dict(microseconds=0.5), dict(microseconds=1.5), dict(days=10**9), dict(days="x"), dict(seconds=float("nan"))):
    show(lambda: timedelta(**k))
a = timedelta(days=3, seconds=7, microseconds=11)
b = timedelta(hours=-5, microseconds=3)
for text in ("a + b", "a - b", "a * 2.5", "a / b", "a // b", "a % b", "divmod(a, b)", "a / 7", "a // -7", "-a", "abs(b)", "a < b", "a / 0.0", "a + 1"):
    show(eval, text)
for args in ((2020, 2, 29), (2021, 2, 29), (0, 1, 1), (2020, 13, 1), ("x", 1, 1), (b"\x07\xe4\x02\x1d",)):
    show(date, *args)
d = date(2020, 2, 29)
for name in ("ctime", "isocalendar", "toordinal", "__reduce__"):
    show(getattr(d, name))
show(lambda: d + timedelta(hours=30)); show(lambda: date.max + timedelta(1)); show(lambda: d < datetime(2020, 1, 1))
for text in ("2020-02-29", "2020-2-29", "2020-02-30"):
    show(date.fromisoformat, text)
for args in ((2020, 53, 7), (2021, 53, 1), (2009, 1, 1)):
    show(date.fromisocalendar, *args)
east = timezone(timedelta(hours=2), "EET")
x = datetime(2020, 1, 2, 3, 4, 5, 678, east)
y = datetime(2020, 1, 2, 1, 4, 5, 678, timezone.utc)
for text in ("x == y", "hash(x) == hash(y)", "x - y", "x.timestamp()", "x.astimezone(timezone.utc)", "x.isoformat(' ', 'minutes')", "x < datetime(2020, 1, 1)", "x.replace(tzinfo=None)", "x.__reduce_ex__(4)"):
    show(eval, text)
for text in ("01:02:03.123-05:30", "01:02Z", "24:00"):
    show(time.fromisoformat, text)
show(timezone, timedelta(hours=24)); show(datetime.utcfromtimestamp, 1234567890.9999999)

class Zone(tzinfo):
    def utcoffset(self, dt): return timedelta(hours=2 if dt is not None and dt.fold else 1)
    def dst(self, dt): return timedelta(0)
    def tzname(self, dt): return "%T"

f = datetime(2020, 1, 1, tzinfo=Zone())
print(f == f.replace(fold=1), f == datetime(2019, 12, 31, 23, tzinfo=timezone.utc), f.astimezone(timezone.utc))

# expect: datetime.timedelta(days=-1, seconds=5) -1 day, 0:00:05
# expect: datetime.timedelta(days=8, seconds=5220) 8 days, 1:27:00
# expect: datetime.timedelta(0) 0:00:00
# expect: datetime.timedelta(microseconds=2) 0:00:00.000002
# expect: OverflowError days=1000000000; must have magnitude <= 999999999
# expect: TypeError unsupported type for timedelta days component: str
# expect: ValueError cannot convert float NaN to integer
# expect: TypeError can only concatenate tuple (not "datetime.timedelta") to tuple
# expect: TypeError unsupported operand type(s) for -: 'tuple' and 'datetime.timedelta'
# expect: TypeError can't multiply sequence by non-int of type 'float'
# expect: TypeError unsupported operand type(s) for /: 'tuple' and 'datetime.timedelta'
# expect: TypeError unsupported operand type(s) for //: 'tuple' and 'datetime.timedelta'
# expect: TypeError unsupported operand type(s) for %: 'tuple' and 'datetime.timedelta'
# expect: TypeError unsupported operand type(s) for divmod(): 'tuple' and 'datetime.timedelta'
# expect: TypeError unsupported operand type(s) for /: 'tuple' and 'int'
# expect: TypeError unsupported operand type(s) for //: 'tuple' and 'int'
# expect: TypeError bad operand type for unary -: 'tuple'
# expect: datetime.timedelta(seconds=17999, microseconds=999997) 4:59:59.999997
# expect: TypeError '<' not supported between instances of 'tuple' and 'datetime.timedelta'
# expect: TypeError unsupported operand type(s) for /: 'tuple' and 'float'
# expect: TypeError can only concatenate tuple (not "int") to tuple
# expect: datetime.date(2020, 2, 29) 2020-02-29
# expect: ValueError day is out of range for month
# expect: ValueError year 0 is out of range
# expect: ValueError month must be in 1..12
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: datetime.date(2020, 2, 29) 2020-02-29
# expect: 'Sat Feb 29 00:00:00 2020' Sat Feb 29 00:00:00 2020
# expect: datetime.IsoCalendarDate(year=2020, week=9, weekday=6) datetime.IsoCalendarDate(year=2020, week=9, weekday=6)
# expect: 737484 737484
# expect: (<class 'datetime.date'>, (b'\x07\xe4\x02\x1d',)) (<class 'datetime.date'>, (b'\x07\xe4\x02\x1d',))
# expect: datetime.date(2020, 3, 1) 2020-03-01
# expect: OverflowError date value out of range
# expect: TypeError can't compare datetime.datetime to datetime.date
# expect: datetime.date(2020, 2, 29) 2020-02-29
# expect: ValueError Invalid isoformat string: '2020-2-29'
# expect: ValueError day is out of range for month
# expect: datetime.date(2021, 1, 3) 2021-01-03
# expect: ValueError Invalid week: 53
# expect: datetime.date(2008, 12, 29) 2008-12-29
# expect: True True
# expect: True True
# expect: datetime.timedelta(0) 0:00:00
# expect: 1577927045.000678 1577927045.000678
# expect: datetime.datetime(2020, 1, 2, 1, 4, 5, 678, tzinfo=datetime.timezone.utc) 2020-01-02 01:04:05.000678+00:00
# expect: '2020-01-02 03:04+02:00' 2020-01-02 03:04+02:00
# expect: TypeError can't compare offset-naive and offset-aware datetimes
# expect: datetime.datetime(2020, 1, 2, 3, 4, 5, 678) 2020-01-02 03:04:05.000678
# expect: (<class 'datetime.datetime'>, (b'\x07\xe4\x01\x02\x03\x04\x05\x00\x02\xa6', datetime.timezone(datetime.timedelta(seconds=7200), 'EET'))) (<class 'datetime.datetime'>, (b'\x07\xe4\x01\x02\x03\x04\x05\x00\x02\xa6', datetime.timezone(datetime.timedelta(seconds=7200), 'EET')))
# expect: datetime.time(1, 2, 3, 123000, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=66600))) 01:02:03.123000-05:30
# expect: ValueError Invalid isoformat string: '01:02Z'
# expect: ValueError hour must be in 0..23
# expect: ValueError offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).
# expect: datetime.datetime(2009, 2, 13, 23, 31, 31) 2009-02-13 23:31:31
# expect: True False 2019-12-31 23:00:00+00:00
