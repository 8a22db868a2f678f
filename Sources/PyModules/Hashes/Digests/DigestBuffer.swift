// What the block digests share: collecting input into blocks. A digest is a trivial-to-copy struct, so `copy()` is a copy.

/// A message digest fed in pieces.
protocol Digest {
    /// Bytes a block has.
    static var blockSize: Int { get }
    /// Bytes `digest()` gives.
    var digestSize: Int { get }
    mutating func update(_ bytes: UnsafeRawBufferPointer)
    /// The digest of everything so far; more may follow.
    func digest() -> [UInt8]
}

/// Splits a stream of bytes into blocks of `size`, keeping what is left over.
struct DigestBuffer {
    private(set) var pending: [UInt8] = []
    /// Bytes seen so far.
    private(set) var total: UInt64 = 0
    let size: Int

    init(size: Int) {
        self.size = size
        pending.reserveCapacity(size)
    }

    /// Feeds `bytes` and hands each full block to `consume`.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ consume: (UnsafeRawBufferPointer) -> Void) {
        total &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let take = min(size - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(take))
            rest = rest.dropFirst(take)
            if pending.count < size { return }
            pending.withUnsafeBytes(consume)
            pending.removeAll(keepingCapacity: true)
        }
        while rest.count >= size {
            consume(UnsafeRawBufferPointer(rebasing: rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        pending.append(contentsOf: rest)
    }

    /// The last block or two of the Merkle-Damgård padding: 0x80, zeros, the length in bits.
    func padded(lengthBytes: Int, bigEndian: Bool) -> [UInt8] {
        var tail = pending
        tail.append(0x80)
        while tail.count % size != size - lengthBytes { tail.append(0) }
        let bits = total &* 8
        // Only the low 64 bits of the length can be non-zero, plus what the multiplication by 8 pushed out.
        let high = total >> 61
        for i in 0..<lengthBytes {
            let shift = bigEndian ? (lengthBytes - 1 - i) * 8 : i * 8
            tail.append(shift < 64 ? UInt8(truncatingIfNeeded: bits >> UInt64(shift)) : UInt8(truncatingIfNeeded: high >> UInt64(shift - 64)))
        }
        return tail
    }
}

@inline(__always)
func loadBig32(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
    UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
}
@inline(__always)
func loadLittle32(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
}
@inline(__always)
func loadBig64(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
}
@inline(__always)
func loadLittle64(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
}
@inline(__always)
func rotateLeft(_ x: UInt32, _ n: UInt32) -> UInt32 { x &<< n | x &>> (32 &- n) }
@inline(__always)
func rotateRight(_ x: UInt32, _ n: UInt32) -> UInt32 { x &>> n | x &<< (32 &- n) }
@inline(__always)
func rotateRight(_ x: UInt64, _ n: UInt64) -> UInt64 { x &>> n | x &<< (64 &- n) }

/// The integer part of the `root`-th root (2 or 3) of `n` times 2^(64 * fraction digits): the constants of SHA-2 are the
/// first bits of fractional parts of roots of primes (FIPS 180-4, 4.2.2, 5.3), computed instead of copied.
enum PrimeRoots {
    static func primes(_ count: Int) -> [UInt64] {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// Of the square roots of the first eight primes.
    static let firstEight = primes(8).map(squareRootFraction)

    /// The first 64 bits of the fractional part of the square root.
    static func squareRootFraction(_ n: UInt64) -> UInt64 {
        // The largest r with r*r <= n * 2^128, bit by bit; r < 2^(64+5), kept as (whole, fraction).
        let whole = wholeRoot(n, power: 2)
        var fraction: UInt64 = 0
        for bit in (0..<64).reversed() {
            let trial = fraction | 1 << UInt64(bit)
            if squareFits(whole, trial, n) { fraction = trial }
        }
        return fraction
    }

    /// The first 64 bits of the fractional part of the cube root.
    static func cubeRootFraction(_ n: UInt64) -> UInt64 {
        let whole = wholeRoot(n, power: 3)
        var fraction: UInt64 = 0
        for bit in (0..<64).reversed() {
            let trial = fraction | 1 << UInt64(bit)
            if cubeFits(whole, trial, n) { fraction = trial }
        }
        return fraction
    }

    private static func wholeRoot(_ n: UInt64, power: Int) -> UInt64 {
        var r: UInt64 = 1
        while (0..<power).reduce(1, { product, _ in product * (r + 1) }) <= n { r += 1 }
        return r
    }

    /// (whole + fraction / 2^64)^2 <= n
    private static func squareFits(_ whole: UInt64, _ fraction: UInt64, _ n: UInt64) -> Bool {
        let square = multiply([fraction, whole], [fraction, whole])
        return fits(square, fractionLimbs: 2, n)
    }

    private static func cubeFits(_ whole: UInt64, _ fraction: UInt64, _ n: UInt64) -> Bool {
        let square = multiply([fraction, whole], [fraction, whole])
        return fits(multiply(square, [fraction, whole]), fractionLimbs: 3, n)
    }

    /// value / 2^(64 * fractionLimbs) <= n
    private static func fits(_ value: [UInt64], fractionLimbs: Int, _ n: UInt64) -> Bool {
        let whole = value.dropFirst(fractionLimbs)
        if whole.dropFirst().contains(where: { $0 != 0 }) { return false }
        let units = whole.first ?? 0
        return units < n || (units == n && value.prefix(fractionLimbs).allSatisfy { $0 == 0 })
    }

    private static func multiply(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: a.count + b.count)
        for i in a.indices {
            var carry: UInt64 = 0
            for j in b.indices {
                let (high, low) = a[i].multipliedFullWidth(by: b[j])
                let (s1, c1) = result[i + j].addingReportingOverflow(low)
                let (s2, c2) = s1.addingReportingOverflow(carry)
                result[i + j] = s2
                carry = high &+ (c1 ? 1 : 0) &+ (c2 ? 1 : 0)
            }
            result[i + b.count] = result[i + b.count] &+ carry
        }
        return result
    }
}
