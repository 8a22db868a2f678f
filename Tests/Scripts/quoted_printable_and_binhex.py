"""`binascii`: quoted-printable text, BinHex and its runs, and what they refuse."""
import binascii
import warnings

# Blanks at line ends, dots alone, soft breaks, headers.
for data in (b"foo bar\t\n", b"foo bar ", b".\n.x\n.", b"a\r\nb\nc\rd", b"=\x7f\x80_", b"x" * 76 + b"\n", b"x" * 77, b"x" * 75 + b"=\n"):
    print(binascii.b2a_qp(data), binascii.b2a_qp(data, istext=False), binascii.b2a_qp(data, quotetabs=True, header=True))
# expect: b'foo bar=09\n' b'foo bar\t=0A' b'foo=20bar=09\n'
# expect: b'foo bar=20' b'foo bar=20' b'foo=20bar=20'
# expect: b'=2E\n.x\n=2E' b'=2E=0A.x=0A.' b'=2E\n.x\n=2E'
# expect: b'a\r\nb\r\nc\rd' b'a=0D=0Ab=0Ac=0Dd' b'a\r\nb\r\nc\rd'
# expect: b'=3D=7F=80_' b'=3D=7F=80_' b'=3D=7F=80=5F'
# expect: b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\n=0A' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n'
# expect: b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\nxx' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\nxx' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\nxx'
# expect: b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\n=3D\n' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\n=3D=0A' b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\n=3D\n'
print([binascii.a2b_qp(text) for text in (b"= ", b"==41", b"=AX", b"=", b"=\nfoo", b"=\r41\n5", b"=AB=ab=Ab", "foo=41")])
# expect: [b'= ', b'=41', b'=AX', b'', b'foo', b'5', b'\xab\xab\xab', b'fooA']
print(binascii.a2b_qp(b"foo _bar", header=True), binascii.b2a_qp(b"x ", header=True), binascii.b2a_qp(b"x \n", header=True))
# expect: b'foo  bar' b'x=20' b'x_\n'

warnings.simplefilter("ignore")
data = b"a" * 300 + b"\x90\x90bbb" + bytes(range(20))
runs = binascii.rlecode_hqx(data)
print(runs, binascii.rledecode_hqx(runs) == data)
# expect: b'a\x90\xffa\x90-\x90\x00\x90\x00bbb\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13' True
text = binascii.b2a_hqx(b"abcdefgh1")
print(text, binascii.a2b_hqx(text), binascii.a2b_hqx(b"!\n!\r!!"), binascii.a2b_hqx(b"!!!:!"), binascii.crc_hqx(b"abc", 70000))
# expect: b"B@*MC'9QCfJa" (b'abcdefgh1', 0) (b'\x00\x00\x00', 0) (b'\x00\x00', 1) 57820


def refused(f, *args):
    try:
        return f(*args)
    except (binascii.Error, binascii.Incomplete, TypeError, ValueError) as e:
        return f"{type(e).__name__}: {e}"


print(refused(binascii.a2b_hqx, b"abc"), "|", refused(binascii.a2b_hqx, b"! !"), "|", refused(binascii.a2b_hqx, "\xe9"), sep="")
# expect: Incomplete: String has incomplete number of bytes|Error: Illegal char|ValueError: string argument should contain only ASCII characters
print(refused(binascii.rledecode_hqx, b"a\x90"), "|", refused(binascii.rledecode_hqx, b"\x90\x01"), "|", refused(binascii.a2b_qp, 1), sep="")
# expect: Incomplete: |Error: Orphaned RLE code at start|TypeError: argument should be bytes, buffer or ASCII string, not 'int'
warnings.simplefilter("error")
for f in (binascii.b2a_hqx, binascii.a2b_hqx, binascii.rlecode_hqx, binascii.rledecode_hqx):
    try:
        f(b"")
    except DeprecationWarning as e:
        print(e)
# expect: binascii.b2a_hqx() is deprecated
# expect: binascii.a2b_hqx() is deprecated
# expect: binascii.rlecode_hqx() is deprecated
# expect: binascii.rledecode_hqx() is deprecated
print(binascii.hexlify(b"abc", "\xe9"), binascii.crc32(b"abc" * 1000, 2 ** 70 + 5), binascii.crc32(b"abc", -1))
# expect: b'61\xe962\xe963' 505801998 899311407
