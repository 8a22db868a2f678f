// SHA-224, SHA-256, SHA-384 and SHA-512 (FIPS 180-4, sections 6.2 to 6.5).

/// SHA-256 and SHA-224.
struct SHA256: Digest {
    static var blockSize: Int { 64 }
    let digestSize: Int
    private var h: SIMD8<UInt32>
    private var buffer = DigestBuffer(size: 64)
    private static let start = SIMD8(PrimeRoots.firstEight.map { UInt32($0 >> 32) })
    private static let shortStart = SIMD8(
        PrimeRoots.primes(16).suffix(8).map { UInt32(truncatingIfNeeded: PrimeRoots.squareRootFraction($0)) })
    private static let k: [UInt32] = PrimeRoots.primes(64).map { UInt32(PrimeRoots.cubeRootFraction($0) >> 32) }

    init() {
        digestSize = 32
        h = Self.start
    }

    /// SHA-224: the second 32 bits of the roots of the 9th to 16th prime, 28 bytes of output.
    init(short: Void) {
        digestSize = 28
        h = Self.shortStart
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = h
        buffer.feed(bytes) { Self.compress(&state, $0) }
        h = state
    }

    func digest() -> [UInt8] {
        var state = h
        buffer.padded(lengthBytes: 8, bigEndian: true).withUnsafeBytes { tail in
            for start in stride(from: 0, to: tail.count, by: 64) {
                Self.compress(&state, UnsafeRawBufferPointer(rebasing: tail[start..<start + 64]))
            }
        }
        var out: [UInt8] = []
        for i in 0..<8 { withUnsafeBytes(of: state[i].bigEndian) { out.append(contentsOf: $0) } }
        return Array(out.prefix(digestSize))
    }

    private static func compress(_ state: inout SIMD8<UInt32>, _ block: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
            for t in 0..<16 { w[t] = loadBig32(block, t) }
            for t in 16..<64 {
                let s0 = rotateRight(w[t - 15], 7) ^ rotateRight(w[t - 15], 18) ^ w[t - 15] &>> 3
                let s1 = rotateRight(w[t - 2], 17) ^ rotateRight(w[t - 2], 19) ^ w[t - 2] &>> 10
                w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            k.withUnsafeBufferPointer { k in
                for t in 0..<64 {
                    let sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25)
                    let t1 = h &+ sum1 &+ (e & f ^ ~e & g) &+ k[t] &+ w[t]
                    let sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22)
                    let t2 = sum0 &+ (a & b ^ a & c ^ b & c)
                    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
                }
            }
            state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
    }
}

/// SHA-512 and SHA-384.
struct SHA512: Digest {
    static var blockSize: Int { 128 }
    let digestSize: Int
    private var h: SIMD8<UInt64>
    private var buffer = DigestBuffer(size: 128)
    private static let start = SIMD8(PrimeRoots.firstEight)
    private static let shortStart = SIMD8(PrimeRoots.primes(16).suffix(8).map(PrimeRoots.squareRootFraction))
    private static let k: [UInt64] = PrimeRoots.primes(80).map(PrimeRoots.cubeRootFraction)

    init() {
        digestSize = 64
        h = Self.start
    }

    /// SHA-384: roots of the 9th to 16th prime, 48 bytes of output.
    init(short: Void) {
        digestSize = 48
        h = Self.shortStart
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = h
        buffer.feed(bytes) { Self.compress(&state, $0) }
        h = state
    }

    func digest() -> [UInt8] {
        var state = h
        buffer.padded(lengthBytes: 16, bigEndian: true).withUnsafeBytes { tail in
            for start in stride(from: 0, to: tail.count, by: 128) {
                Self.compress(&state, UnsafeRawBufferPointer(rebasing: tail[start..<start + 128]))
            }
        }
        var out: [UInt8] = []
        for i in 0..<8 { withUnsafeBytes(of: state[i].bigEndian) { out.append(contentsOf: $0) } }
        return Array(out.prefix(digestSize))
    }

    private static func compress(_ state: inout SIMD8<UInt64>, _ block: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 80) { w in
            for t in 0..<16 { w[t] = loadBig64(block, t) }
            for t in 16..<80 {
                let s0 = rotateRight(w[t - 15], 1) ^ rotateRight(w[t - 15], 8) ^ w[t - 15] &>> 7
                let s1 = rotateRight(w[t - 2], 19) ^ rotateRight(w[t - 2], 61) ^ w[t - 2] &>> 6
                w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            k.withUnsafeBufferPointer { k in
                for t in 0..<80 {
                    let sum1 = rotateRight(e, 14) ^ rotateRight(e, 18) ^ rotateRight(e, 41)
                    let t1 = h &+ sum1 &+ (e & f ^ ~e & g) &+ k[t] &+ w[t]
                    let sum0 = rotateRight(a, 28) ^ rotateRight(a, 34) ^ rotateRight(a, 39)
                    let t2 = sum0 &+ (a & b ^ a & c ^ b & c)
                    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
                }
            }
            state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
    }
}
