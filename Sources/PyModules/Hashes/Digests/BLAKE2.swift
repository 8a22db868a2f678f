// BLAKE2b and BLAKE2s (RFC 7693) with the tree and salt parameters that Python's hashlib offers.

/// The parameter block's fields.
struct BLAKE2Parameters {
    var digestSize = 0
    var key: [UInt8] = []
    var salt: [UInt8] = []
    var person: [UInt8] = []
    var fanout = 1
    var depth = 1
    var leafSize: UInt32 = 0
    var nodeOffset: UInt64 = 0
    var nodeDepth = 0
    var innerSize = 0
    var lastNode = false
}

/// The message schedule (RFC 7693, 2.7): ten permutations of 0..15.
private let sigma: [UInt8] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
    11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
    9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
    12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
    6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
]

/// BLAKE2 over words of type `Word`: `UInt64` is BLAKE2b, `UInt32` is BLAKE2s.
struct BLAKE2<Word: FixedWidthInteger & UnsignedInteger>: Digest {
    static var blockSize: Int { Word.bitWidth * 2 }
    static var maximumDigestSize: Int { Word.bitWidth }
    static var saltSize: Int { Word.bitWidth / 4 }
    private static var wordSize: Int { Word.bitWidth / 8 }
    private static var rounds: Int { Word.bitWidth == 64 ? 12 : 10 }

    let digestSize: Int
    private let lastNode: Bool
    private var h: [Word]
    private var pending: [UInt8] = []
    private var counter: UInt64 = 0

    /// - Precondition: sizes in `parameters` are within BLAKE2's limits; the caller reports them.
    init(_ parameters: BLAKE2Parameters) {
        digestSize = parameters.digestSize
        lastNode = parameters.lastNode
        var block: [UInt8] = [UInt8(parameters.digestSize), UInt8(parameters.key.count), UInt8(parameters.fanout), UInt8(parameters.depth)]
        withUnsafeBytes(of: parameters.leafSize.littleEndian) { block.append(contentsOf: $0) }
        withUnsafeBytes(of: parameters.nodeOffset.littleEndian) { block.append(contentsOf: $0.prefix(Word.bitWidth == 64 ? 8 : 6)) }
        block.append(UInt8(parameters.nodeDepth))
        block.append(UInt8(parameters.innerSize))
        if Word.bitWidth == 64 { block.append(contentsOf: repeatElement(0, count: 14)) }
        block += parameters.salt + [UInt8](repeating: 0, count: Self.saltSize - parameters.salt.count)
        block += parameters.person + [UInt8](repeating: 0, count: Self.saltSize - parameters.person.count)
        h = Self.initialVector
        block.withUnsafeBytes { bytes in
            for i in 0..<8 { h[i] ^= Self.load(bytes, i) }
        }
        if !parameters.key.isEmpty {
            pending = parameters.key + [UInt8](repeating: 0, count: Self.blockSize - parameters.key.count)
        }
    }

    /// SHA-512's (BLAKE2b) or SHA-256's (BLAKE2s) initial values.
    private static var initialVector: [Word] {
        PrimeRoots.firstEight.map { Word(truncatingIfNeeded: $0 >> UInt64(64 - Word.bitWidth)) }
    }

    @inline(__always)
    private static func load(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Word {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: index * wordSize, as: Word.self))
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        // The last block is compressed differently, so a full block waits until something follows it.
        var rest = bytes[...]
        while !rest.isEmpty {
            if pending.count == Self.blockSize {
                counter &+= UInt64(Self.blockSize)
                pending.withUnsafeBytes { Self.compress(&h, $0, counter, last: false, lastNode: false) }
                pending.removeAll(keepingCapacity: true)
            }
            let take = min(Self.blockSize - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(take))
            rest = rest.dropFirst(take)
        }
    }

    func digest() -> [UInt8] {
        var state = h
        var last = pending
        let count = counter &+ UInt64(last.count)
        last.append(contentsOf: repeatElement(0, count: Self.blockSize - last.count))
        last.withUnsafeBytes { Self.compress(&state, $0, count, last: true, lastNode: lastNode) }
        return Array(state.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }.prefix(digestSize))
    }

    private static func compress(_ h: inout [Word], _ block: UnsafeRawBufferPointer, _ count: UInt64, last: Bool, lastNode: Bool) {
        let iv = initialVector
        var v = h + iv
        v[12] ^= Word(truncatingIfNeeded: count)
        if Word.bitWidth == 32 { v[13] ^= Word(truncatingIfNeeded: count >> 32) }
        if last { v[14] = ~v[14] }
        if last && lastNode { v[15] = ~v[15] }
        let r: (Word, Word, Word, Word) = Word.bitWidth == 64 ? (32, 24, 16, 63) : (16, 12, 8, 7)
        func rotate(_ x: Word, _ n: Word) -> Word { x &>> n | x &<< (Word(Word.bitWidth) &- n) }
        func mix(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ x: Word, _ y: Word) {
            v[a] = v[a] &+ v[b] &+ x
            v[d] = rotate(v[d] ^ v[a], r.0)
            v[c] = v[c] &+ v[d]
            v[b] = rotate(v[b] ^ v[c], r.1)
            v[a] = v[a] &+ v[b] &+ y
            v[d] = rotate(v[d] ^ v[a], r.2)
            v[c] = v[c] &+ v[d]
            v[b] = rotate(v[b] ^ v[c], r.3)
        }
        for round in 0..<rounds {
            let s = round % 10 * 16
            func m(_ i: Int) -> Word { load(block, Int(sigma[s + i])) }
            mix(0, 4, 8, 12, m(0), m(1))
            mix(1, 5, 9, 13, m(2), m(3))
            mix(2, 6, 10, 14, m(4), m(5))
            mix(3, 7, 11, 15, m(6), m(7))
            mix(0, 5, 10, 15, m(8), m(9))
            mix(1, 6, 11, 12, m(10), m(11))
            mix(2, 7, 8, 13, m(12), m(13))
            mix(3, 4, 9, 14, m(14), m(15))
        }
        for i in 0..<8 { h[i] ^= v[i] ^ v[i + 8] }
    }
}
