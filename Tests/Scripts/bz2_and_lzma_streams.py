# needs: _bz2
# needs: _lzma
# _bz2 and _lzma: one-shot, step by step, limited output, trailing data, filters, errors.
import bz2
import io
import lzma

data = bytes(range(256)) * 400 + b"tail"
for module, decompressor in ((bz2, bz2.BZ2Decompressor), (lzma, lzma.LZMADecompressor)):
    packed = module.compress(data)
    print(module.decompress(packed) == data, module.decompress(packed + packed) == data + data)
    d = decompressor()
    out = d.decompress(packed[:50], max_length=100)
    steps = 0
    rest = packed[50:] + b"unused"
    while not d.eof:
        out += d.decompress(rest if d.needs_input else b"", max_length=1000)
        if rest and steps == 0 or d.needs_input:
            rest = b""
        steps += 1
        if steps > 5000:
            break
    print(out == data, d.unused_data, d.needs_input)
    try:
        d.decompress(b"x")
    except EOFError as e:
        print(e)
    buffer = io.BytesIO()
    opener = module.open(buffer, "wt", encoding="utf-8")
    opener.write("häl\nlo\n")
    opener.close()
    print(module.open(io.BytesIO(buffer.getvalue()), "rt", encoding="utf-8").readlines())
# expect: True True
# expect: True b'unused' False
# expect: End of stream already reached
# expect: ['häl\n', 'lo\n']
# expect: True True
# expect: True b'unused' False
# expect: Already at end of stream
# expect: ['häl\n', 'lo\n']

for call in (
    lambda: bz2.decompress(b"nothing"),
    lambda: bz2.BZ2Compressor(10),
    lambda: lzma.decompress(b"nothing at all"),
    lambda: lzma.LZMACompressor(preset=1, filters=[]),
    lambda: lzma.LZMACompressor(format=lzma.FORMAT_RAW),
    lambda: lzma.LZMACompressor(filters=[{"id": lzma.FILTER_LZMA2, "nope": 1}]),
    lambda: lzma.LZMACompressor(filters=[{}]),
    lambda: lzma.LZMADecompressor(format=99),
    lambda: lzma.decompress(lzma.compress(data), memlimit=1000),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
# expect: OSError Invalid data stream
# expect: ValueError compresslevel must be between 1 and 9
# expect: LZMAError Input format not supported by decoder
# expect: ValueError Cannot specify both preset and filter chain
# expect: ValueError Must specify filters for FORMAT_RAW
# expect: ValueError Invalid filter specifier for LZMA filter
# expect: ValueError Filter specifier must have an "id" entry
# expect: ValueError Invalid container format: 99
# expect: LZMAError Memory usage limit exceeded

filters = [{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_LZMA2, "preset": 3, "dict_size": 1 << 16}]
raw = lzma.compress(data, format=lzma.FORMAT_RAW, filters=filters)
print(lzma.decompress(raw, format=lzma.FORMAT_RAW, filters=filters) == data)
alone = lzma.compress(data, format=lzma.FORMAT_ALONE)
d = lzma.LZMADecompressor()
print(d.decompress(alone) == data, d.check == lzma.CHECK_NONE)
d = lzma.LZMADecompressor()
d.decompress(lzma.compress(data, check=lzma.CHECK_SHA256))
print(d.check == lzma.CHECK_SHA256, lzma.is_check_supported(lzma.CHECK_CRC32))
print(lzma._decode_filter_properties(lzma.FILTER_LZMA2, lzma._encode_filter_properties(filters[1])))
# expect: True
# expect: True True
# expect: True True
# expect: {'id': 33, 'dict_size': 65536}
