# marshal.load takes the bytes of one value from a file, asks for them with readinto and needs no seek.
import io, marshal, os

values = [1, 2.5, 1j, 10**30, -10**20, 'abc', 'é€', b'xyz', None, ..., True, (1, (2, ())), [1, [2]], {'a': 1, 2: [3]}, {1, 2}, frozenset([3]), compile('x = 1', 'f', 'exec')]
r, w = os.pipe()
with open(w, 'wb') as out:
    for value in values:
        for version in range(5): out.write(marshal.dumps(value, version))
    out.write(b'rest')
with open(r, 'rb') as source:
    for value in values:
        got = [marshal.load(source) for version in range(5)]
        print([g == value for g in got].count(True), end=' ')
    print(source.read())

class Log(io.BytesIO):
    asked = []
    def readinto(self, buffer):
        self.asked.append(len(buffer))
        return super().readinto(buffer)
print(marshal.load(Log(marshal.dumps((1, 'abc', {2: 3.5})))), Log.asked)

class Liar(io.BytesIO):
    def readinto(self, buffer):
        n = super().readinto(buffer)
        return n + 100 if n > 4 else n
def attempt(file):
    try: return marshal.load(file)
    except Exception as problem: return f'{type(problem).__name__}: {problem}'
print(attempt(Liar(marshal.dumps(b'0123456789'))))
print(attempt(io.BytesIO(b'')), attempt(io.BytesIO(b'i12')), attempt(io.BytesIO(b'(\x02\0\0\0i\0\0\0\0')), attempt(io.BytesIO(b'\x7f')), attempt(io.BytesIO(b's\xff\xff\xff\xff')))
print(attempt(io.StringIO('N')), attempt(3))
# expect: 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 b'rest'
# expect: (1, 'abc', {2: 3.5}) [1, 1, 1, 4, 1, 1, 3, 1, 1, 4, 1, 8, 1]
# expect: ValueError: read() returned too much data: 10 bytes requested, 110 returned
# expect: EOFError: EOF read where object expected EOFError: EOF read where not expected EOFError: EOF read where object expected ValueError: bad marshal data (unknown type code) ValueError: bad marshal data (bytes object size out of range)
# expect: TypeError: file.read() returned not bytes but str AttributeError: 'int' object has no attribute 'read'
