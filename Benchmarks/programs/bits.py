"""Integers and bytes: bit reader, Huffman decoding and a move-to-front transform."""
class BitReader:
    def __init__(self, data):
        self.data = data
        self.position = 0
        self.buffer = 0
        self.available = 0

    def read(self, n):
        while self.available < n:
            self.buffer = self.buffer << 8 | self.data[self.position]
            self.position += 1
            self.available += 8
        self.available -= n
        value = self.buffer >> self.available & (1 << n) - 1
        self.buffer &= (1 << self.available) - 1
        return value


def lengths(counts):
    trees = sorted((count, [symbol]) for symbol, count in counts.items())
    depth = {symbol: 0 for symbol in counts}
    while len(trees) > 1:
        (a, left), (b, right) = trees[0], trees[1]
        for symbol in left + right:
            depth[symbol] += 1
        trees = sorted(trees[2:] + [(a + b, left + right)])
    return depth


def codes(depth):
    table, code, last = {}, 0, 0
    for length, symbol in sorted((d, s) for s, d in depth.items()):
        code <<= length - last
        table[symbol] = code, length
        code += 1
        last = length
    return table


def front(data):
    order = list(range(256))
    result = bytearray()
    for byte in data:
        i = order.index(byte)
        result.append(i)
        if i:
            del order[i]
            order.insert(0, byte)
    return bytes(result)


def back(data):
    order = list(range(256))
    result = bytearray()
    for i in data:
        byte = order.pop(i)
        result.append(byte)
        order.insert(0, byte)
    return bytes(result)


def pack(data, table):
    buffer = available = 0
    out = bytearray()
    for symbol in data:
        code, length = table[symbol]
        buffer = buffer << length | code
        available += length
        while available >= 8:
            available -= 8
            out.append(buffer >> available & 255)
        buffer &= (1 << available) - 1
    out.append(buffer << (8 - available) & 255)
    out.extend(b"\0\0\0\0")
    return bytes(out)


def unpack(packed, table, count):
    decode = {(length, code): symbol for symbol, (code, length) in table.items()}
    reader = BitReader(packed)
    out = bytearray()
    for _ in range(count):
        code = length = 0
        while True:
            code = code << 1 | reader.read(1)
            length += 1
            symbol = decode.get((length, code))
            if symbol is not None:
                out.append(symbol)
                break
    return bytes(out)


seed, text = 1, bytearray()
for _ in range(60000):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    text.append(97 + (seed >> 16) % 7 * ((seed >> 20) % 4))
moved = front(bytes(text))
counts = {}
for byte in moved:
    counts[byte] = counts.get(byte, 0) + 1
table = codes(lengths(counts))
packed = pack(moved, table)
restored = back(unpack(packed, table, len(moved)))
print(len(packed), restored == bytes(text))
