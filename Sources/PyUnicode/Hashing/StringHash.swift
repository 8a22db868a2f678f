// SipHash-2-4, the hash of str, bytes and memoryview in CPython 3.10, and its key under PYTHONHASHSEED.
// CPython: Python/pyhash.c, Python/bootstrap_hash.c. Rules: Aumasson & Bernstein, "SipHash" (2012); PEP 456.

/// The secret of an interpreter's string hash.
@frozen
public struct HashKey: Sendable, Equatable {
    public let k0: UInt64
    public let k1: UInt64

    @inlinable
    public init(k0: UInt64, k1: UInt64) { (self.k0, self.k1) = (k0, k1) }

    /// The key for `PYTHONHASHSEED=seed`; 0 is the all-zero key.
    public init(seed: UInt32) {
        guard seed != 0 else { self.init(k0: 0, k1: 0); return }
        // A linear congruential generator gives the secret's bytes, bits 16-23 of each state.
        var state = seed
        func word(_ state: inout UInt32) -> UInt64 {
            var value: UInt64 = 0
            for i in 0..<8 {
                state = state &* 214013 &+ 2531011
                value |= UInt64(state >> 16 & 0xFF) << UInt64(8 * i)
            }
            return value
        }
        let first = word(&state)
        self.init(k0: first, k1: word(&state))
    }

    /// `hash()` of a buffer's bytes: 0 for an empty one, never -1.
    public func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count > 0 else { return 0 }
        let value = Int(bitPattern: UInt(sipHash24(bytes)))
        return value == -1 ? -2 : value
    }

    private func sipHash24(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var v0 = k0 ^ 0x736f_6d65_7073_6575, v1 = k1 ^ 0x646f_7261_6e64_6f6d
        var v2 = k0 ^ 0x6c79_6765_6e65_7261, v3 = k1 ^ 0x7465_6462_7974_6573
        @inline(__always) func round() {
            v0 = v0 &+ v1
            v2 = v2 &+ v3
            v1 = (v1 << 13 | v1 >> 51) ^ v0
            v3 = (v3 << 16 | v3 >> 48) ^ v2
            v0 = v0 << 32 | v0 >> 32
            v2 = v2 &+ v1
            v0 = v0 &+ v3
            v1 = (v1 << 17 | v1 >> 47) ^ v2
            v3 = (v3 << 21 | v3 >> 43) ^ v0
            v2 = v2 << 32 | v2 >> 32
        }
        let whole = bytes.count & ~7
        var i = 0
        while i < whole {
            let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self).littleEndian
            v3 ^= word
            round()
            round()
            v0 ^= word
            i &+= 8
        }
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        for j in 0..<(bytes.count - whole) { last |= UInt64(bytes[whole + j]) << UInt64(8 * j) }
        v3 ^= last
        round()
        round()
        v0 ^= last
        v2 ^= 0xFF
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }
}
