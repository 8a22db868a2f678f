# Reading and writing CSV in several dialects, and the errors.
import _csv

def show(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as error: print(type(error).__name__, error)

class Out:
    def __init__(self): self.lines = []
    def write(self, text): self.lines.append(text); return len(text)

def read(lines, **k): return list(_csv.reader(lines, **k))
def write(row, **k):
    out = Out()
    _csv.writer(out, **k).writerow(row)
    return out.lines

for lines in (['a,"b,c",d\r\n', "1,2"], ['"a""b",c'], ['"a\n', 'b",c'], ["a\rb"], ['"a"b,c'], ["a\0b"], ["a\\,b"], ['1,2.5,"x"'], [b"a"]):
    for k in ({}, dict(strict=True), dict(escapechar="\\"), dict(quoting=2)):
        show(read, lines, **k)
for row in ([1, 2.5, "a", None], ["a,b", 'c"d', "e\nf"], [""], [], 5):
    for k in ({}, dict(quoting=1), dict(quoting=3), dict(quoting=3, escapechar="\\"), dict(doublequote=False, escapechar="\\")):
        show(write, row, **k)
for k in (dict(delimiter="ab"), dict(delimiter=None), dict(quotechar=1), dict(quoting=9), dict(lineterminator=None), dict(bad=1)):
    show(read, ["a"], **k)
_csv.register_dialect("semi", delimiter=";")
show(read, ["a;b"], dialect="semi"); show(_csv.get_dialect, "none"); show(_csv.field_size_limit)

# expect: [['a', 'b,c', 'd'], ['1', '2']]
# expect: [['a', 'b,c', 'd'], ['1', '2']]
# expect: [['a', 'b,c', 'd'], ['1', '2']]
# expect: ValueError could not convert string to float: 'a'
# expect: [['a"b', 'c']]
# expect: [['a"b', 'c']]
# expect: [['a"b', 'c']]
# expect: ValueError could not convert string to float: 'c'
# expect: [['a\nb', 'c']]
# expect: [['a\nb', 'c']]
# expect: [['a\nb', 'c']]
# expect: ValueError could not convert string to float: 'c'
# expect: Error new-line character seen in unquoted field - do you need to open the file in universal-newline mode?
# expect: Error new-line character seen in unquoted field - do you need to open the file in universal-newline mode?
# expect: Error new-line character seen in unquoted field - do you need to open the file in universal-newline mode?
# expect: ValueError could not convert string to float: 'a'
# expect: [['ab', 'c']]
# expect: Error ',' expected after '"'
# expect: [['ab', 'c']]
# expect: ValueError could not convert string to float: 'c'
# expect: Error line contains NUL
# expect: Error line contains NUL
# expect: Error line contains NUL
# expect: Error line contains NUL
# expect: [['a\\', 'b']]
# expect: [['a\\', 'b']]
# expect: [['a,b']]
# expect: ValueError could not convert string to float: 'a\\'
# expect: [['1', '2.5', 'x']]
# expect: [['1', '2.5', 'x']]
# expect: [['1', '2.5', 'x']]
# expect: [[1.0, 2.5, 'x']]
# expect: Error iterator should return strings, not bytes (the file should be opened in text mode)
# expect: Error iterator should return strings, not bytes (the file should be opened in text mode)
# expect: Error iterator should return strings, not bytes (the file should be opened in text mode)
# expect: Error iterator should return strings, not bytes (the file should be opened in text mode)
# expect: ['1,2.5,a,\r\n']
# expect: ['"1","2.5","a",""\r\n']
# expect: ['1,2.5,a,\r\n']
# expect: ['1,2.5,a,\r\n']
# expect: ['1,2.5,a,\r\n']
# expect: ['"a,b","c""d","e\nf"\r\n']
# expect: ['"a,b","c""d","e\nf"\r\n']
# expect: Error need to escape, but no escapechar set
# expect: ['a\\,b,c\\"d,e\\\nf\r\n']
# expect: ['"a,b",c\\"d,"e\nf"\r\n']
# expect: ['""\r\n']
# expect: ['""\r\n']
# expect: Error single empty field record must be quoted
# expect: Error single empty field record must be quoted
# expect: ['""\r\n']
# expect: ['\r\n']
# expect: ['\r\n']
# expect: ['\r\n']
# expect: ['\r\n']
# expect: ['\r\n']
# expect: Error iterable expected, not int
# expect: Error iterable expected, not int
# expect: Error iterable expected, not int
# expect: Error iterable expected, not int
# expect: Error iterable expected, not int
# expect: TypeError "delimiter" must be a 1-character string
# expect: TypeError "delimiter" must be string, not NoneType
# expect: TypeError "quotechar" must be string or None, not int
# expect: TypeError bad "quoting" value
# expect: TypeError lineterminator must be set
# expect: TypeError 'bad' is an invalid keyword argument for this function
# expect: [['a', 'b']]
# expect: Error unknown dialect
# expect: 131072
