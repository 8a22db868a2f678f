# The 24 encodings of East Asia: digests of all they encode and decode, states, combinations, and what they refuse.
import codecs
import hashlib
import io

NAMES = """gb2312 gbk gb18030 hz big5 cp950 big5hkscs euc_kr cp949 johab iso2022_kr shift_jis cp932 euc_jp euc_jis_2004
euc_jisx0213 shift_jis_2004 shift_jisx0213 iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3
iso2022_jp_ext""".split()


def digest(data):
    return hashlib.md5(data).hexdigest()[:8]


everything = "".join(map(chr, range(0x80, 0x30000)))
pairs = b"".join(bytes((a, b, 10)) for a in range(128, 256) for b in range(48, 256))
escapes = b"".join(start + b"".join(bytes((a, b)) for a in range(33, 127) for b in range(33, 127)) + b"\x1b(B\n"
                   for start in (b"\x1b$B", b"\x1b$(D", b"\x1b$(C", b"\x1b$A", b"\x1b$(P", b"\x1b$(Q", b"\x1b$(O", b"\x1b$)C\x0e"))
for name in NAMES:
    data = escapes if name.startswith("iso") else pairs.replace(b"~", b"~~") if name == "hz" else pairs
    print(name, digest(everything.encode(name, "ignore")), digest(data.decode(name, "replace").encode("utf-8", "surrogatepass")))


def attempt(function, *arguments):
    try:
        print(ascii(function(*arguments)))
    except Exception as error:
        print(type(error).__name__, error)


# Errors carry CPython's ranges.
attempt(b"ab\xff".decode, "gbk")
attempt(b"\xa4\xd4\xa4".decode, "euc_kr")
attempt(b"\x810\x81@".decode, "gb18030")
attempt(b"\x1b$(Z".decode, "iso2022_jp")
attempt("a\u20acb".encode, "shift_jis")
attempt("a\u20acb".encode, "shift_jis", "xmlcharrefreplace")
codecs.register_error("bytes-answer", lambda error: (b"\xfe\xfe", error.end))
attempt("a\ud800b".encode, "euc_jp", "bytes-answer")
attempt(b"\xffab".decode, "cp949", "bytes-answer")
# A character that may begin a combination waits for the next one.
encoder = codecs.getincrementalencoder("euc_jis_2004")()
attempt(encoder.encode, "\u304b")
attempt(encoder.getstate)
attempt(encoder.encode, "\u309a")
attempt(encoder.encode, "\u304b", True)
# Shift states live across calls, and end with the encoding.
encoder = codecs.getincrementalencoder("iso2022_kr")()
attempt(encoder.encode, "\uac00")
attempt(hex, encoder.getstate())
attempt(encoder.encode, "", True)
decoder = codecs.getincrementaldecoder("hz")()
attempt(decoder.decode, b"~{VP~")
attempt(decoder.getstate)
attempt(decoder.decode, b"}a", True)
# Streams, and sources.
reader = codecs.getreader("iso2022_jp")(io.BytesIO("\u3042\u3044\n\u3046".encode("iso2022_jp")))
attempt(reader.readline)
attempt(reader.read, 1)
attempt(io.TextIOWrapper(io.BytesIO("\u4e2d\r\n\u6587".encode("gb18030")), "gb18030").read)
space = {}
exec(b"# coding: cp932\nx = '\x94\x4e'", space)
attempt(space.get, "x")
attempt(compile, b"# coding: euc_jp\nx = '\xff'", "f", "exec")
# expect: gb2312 2546d70a 7eb87b53
# expect: gbk 7da296e6 1fd3323f
# expect: gb18030 c524c8cd e6e240d5
# expect: hz e5a5f0a1 4d788043
# expect: big5 ad4195df 8308b9af
# expect: cp950 b487e268 ca5084a7
# expect: big5hkscs 61929e7a bab83fa3
# expect: euc_kr 48c9b409 e02df0d8
# expect: cp949 85da7b05 b5a8c531
# expect: johab b1706bac 8d80d8bf
# expect: iso2022_kr 627faa59 c98da533
# expect: shift_jis b85441de 136615b4
# expect: cp932 309abf49 62f2726f
# expect: euc_jp 3d418e8d e100ae36
# expect: euc_jis_2004 6f69ae50 d8019a0e
# expect: euc_jisx0213 0526ba58 5f1f9b64
# expect: shift_jis_2004 f7762a7a eb556397
# expect: shift_jisx0213 bec66287 9999c792
# expect: iso2022_jp e9c8dca7 1560a7f7
# expect: iso2022_jp_1 de59ad5b 15a58d87
# expect: iso2022_jp_2 561fd50f 30e1afc9
# expect: iso2022_jp_2004 a22d2452 80a27dec
# expect: iso2022_jp_3 cb69c19c fc1d986f
# expect: iso2022_jp_ext 5d731d07 15a58d87
# expect: UnicodeDecodeError 'gbk' codec can't decode byte 0xff in position 2: incomplete multibyte sequence
# expect: UnicodeDecodeError 'euc_kr' codec can't decode bytes in position 0-2: incomplete multibyte sequence
# expect: UnicodeDecodeError 'gb18030' codec can't decode byte 0x81 in position 0: illegal multibyte sequence
# expect: UnicodeDecodeError 'iso2022_jp' codec can't decode bytes in position 0-3: illegal multibyte sequence
# expect: UnicodeEncodeError 'shift_jis' codec can't encode character '\u20ac' in position 1: illegal multibyte sequence
# expect: b'a&#8364;b'
# expect: b'a\xfe\xfeb'
# expect: TypeError decoding with 'cp949' codec failed (TypeError: decoding error handler must return (str, int) tuple)
# expect: b''
# expect: 2340545283
# expect: b'\xa4\xf7'
# expect: b'\xa4\xab'
# expect: b'\x1b$)C\x0e0!'
# expect: '0x10000c34200'
# expect: b'\x0f'
# expect: '\u4e2d'
# expect: (b'~', 1)
# expect: 'a'
# expect: '\u3042\u3044\n'
# expect: '\u3046'
# expect: '\u4e2d\n\u6587'
# expect: '\u5e74'
# expect: SyntaxError 'euc_jp' codec can't decode byte 0xff in position 22: illegal multibyte sequence (f, line 0)
