# Streams over files and memory: modes, newlines, positions with decoder state, buffers, errors.
import _io, os
name = "/tmp/taipan-streams-%d" % os.getpid()

def attempt(text):
    try: print(text, "->", repr(eval(text)).replace(name, "NAME"))
    except Exception as error: print(text, "!", type(error).__name__, str(error).replace(name, "NAME"))

with open(name, "w", newline="") as f:
    print(f.write("one\r\ntwo\rthree\nf\xfcnf \U0001f40d\n"), f.tell())
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(name, encoding="utf-8", newline=newline) as f: print(repr(newline), f.readlines(), f.newlines)
with open(name, encoding="utf-8") as f:
    f.read(16)
    mark = f.tell()
    rest = f.read()
    f.seek(mark)
    print(mark, repr(rest), f.read() == rest)
with open(name, "w+b", buffering=8) as f:
    f.write(b"0123456789" * 3)
    f.seek(5)
    print(f.read(3), f.write(b"XY"), f.tell(), f.read(2), f.seek(-4, 2), f.readline(), f.truncate(7))
    f.seek(0)
    print(f.peek()[:4], f.read1(2), f.readinto(bytearray(3)), f.read())
for text in ("open(name, 'rw')", "open(name, 'rb', encoding='x')", "open(name, 'x')", "open(name + '-none')", "open(name, 'r', 0)", "open(name, newline='q')", "open(name, encoding='no-such')", "_io.FileIO(name, 'q')", "_io.FileIO(-1)", "_io.FileIO(name).write(b'')", "_io.open_code(name).read()"): attempt(text)
s = _io.StringIO("a\r\nb\n", newline=None)
print(s.read(), s.newlines, s.write("\u20ac"), s.getvalue(), s.seek(1), s.readline(), s.truncate(2), s.getvalue())
b = _io.BytesIO(b"abc\ndef")
with b.getbuffer() as view: view[0] = 90
print(b.readline(), b.seek(10), b.write(b"!"), b.getvalue(), b.read(), b.truncate(2), b.getvalue())
class Raw(_io._RawIOBase):
    def __init__(self, *pieces): self.pieces, self.written = list(pieces), []
    def readable(self): return True
    def writable(self): return True
    def readinto(self, target):
        piece = self.pieces.pop(0) if self.pieces else b""
        if piece is None: return None
        target[:len(piece)] = piece
        return len(piece)
    def write(self, data):
        self.written.append(bytes(data))
        return len(data)
r = _io.BufferedReader(Raw(b"ab", b"c\nd", None, b"e"), 4)
print(r.read(1), r.readline(), r.read(5), r.read(5), r.read())
w = _io.BufferedWriter(Raw(), 4)
print(w.write(b"abc"), w.write(b"defghij"), w.raw.written, w.flush(), w.raw.written)
t = _io.TextIOWrapper(_io.BytesIO(b"x\xffy"), "ascii", "backslashreplace")
print(t.read(), t.encoding, t.errors, t.reconfigure(line_buffering=True), t.line_buffering)
for text in ("t.detach().getvalue()", "t.read()", "r.detach() and r.read()", "b.close() or b.read()", "s.close() or s.getvalue()"): attempt(text)
os.unlink(name)
# expect: 22 26
# expect: None ['one\n', 'two\n', 'three\n', 'fünf 🐍\n'] ('\r', '\n', '\r\n')
# expect: '' ['one\r\n', 'two\r', 'three\n', 'fünf 🐍\n'] ('\r', '\n', '\r\n')
# expect: '\n' ['one\r\n', 'two\rthree\n', 'fünf 🐍\n'] None
# expect: '\r' ['one\r', '\ntwo\r', 'three\nfünf 🐍\n'] None
# expect: '\r\n' ['one\r\n', 'two\rthree\nfünf 🐍\n'] None
# expect: 18 'nf 🐍\n' True
# expect: b'567' 2 10 b'01' 26 b'6789' 7
# expect: b'0123' b'01' 3 b'56'
# expect: open(name, 'rw') ! ValueError must have exactly one of create/read/write/append mode
# expect: open(name, 'rb', encoding='x') ! ValueError binary mode doesn't take an encoding argument
# expect: open(name, 'x') ! FileExistsError [Errno 17] File exists: 'NAME'
# expect: open(name + '-none') ! FileNotFoundError [Errno 2] No such file or directory: 'NAME-none'
# expect: open(name, 'r', 0) ! ValueError can't have unbuffered text I/O
# expect: open(name, newline='q') ! ValueError illegal newline value: q
# expect: open(name, encoding='no-such') ! LookupError unknown encoding: no-such
# expect: _io.FileIO(name, 'q') ! ValueError invalid mode: q
# expect: _io.FileIO(-1) ! ValueError negative file descriptor
# expect: _io.FileIO(name).write(b'') ! UnsupportedOperation File not open for writing
# expect: _io.open_code(name).read() -> b'0123456'
# expect: a
# expect: b
# expect:  ('\n', '\r\n') 1 a
# expect: b
# expect: € 1 
# expect:  2 a
# expect:
# expect: b'Zbc\n' 10 1 b'Zbc\ndef\x00\x00\x00!' b'' 2 b'Zb'
# expect: b'a' b'bc\n' b'd' b'e' b''
# expect: 3 7 [b'abc', b'defghij'] None [b'abc', b'defghij']
# expect: x\xffy ascii backslashreplace None True
# expect: t.detach().getvalue() -> b'x\xffy'
# expect: t.read() ! ValueError underlying buffer has been detached
# expect: r.detach() and r.read() ! ValueError raw stream has been detached
# expect: b.close() or b.read() ! ValueError I/O operation on closed file.
# expect: s.close() or s.getvalue() ! ValueError I/O operation on closed file
