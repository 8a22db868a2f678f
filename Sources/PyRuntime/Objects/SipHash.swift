// SipHash-2-4 over bytes: `hash(str)` and `hash(bytes)` (PEP 456; 3.10 uses the 2-4 rounds), and the key from
// PYTHONHASHSEED. CPython: Python/pyhash.c, Python/bootstrap_hash.c.

func sipHash24(_ bytes: UnsafeBufferPointer<UInt8>, key: (UInt64, UInt64)) -> UInt64 {
    var v0 = key.0 ^ 0x736f_6d65_7073_6575
    var v1 = key.1 ^ 0x646f_7261_6e64_6f6d
    var v2 = key.0 ^ 0x6c79_6765_6e65_7261
    var v3 = key.1 ^ 0x7465_6462_7974_6573

    @inline(__always) func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = (v1 << 13 | v1 >> 51) ^ v0
        v3 = (v3 << 16 | v3 >> 48) ^ v2
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v1
        v0 &+= v3
        v1 = (v1 << 17 | v1 >> 47) ^ v2
        v3 = (v3 << 21 | v3 >> 43) ^ v0
        v2 = v2 << 32 | v2 >> 32
    }

    let count = bytes.count
    guard let base = bytes.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var i = 0
    while i + 8 <= count {
        let m = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
        v3 ^= m
        round()
        round()
        v0 ^= m
        i += 8
    }
    var last = UInt64(count & 0xFF) << 56
    if i < count {
        if count >= 8 {
            // The last eight bytes, less those that were taken: one load for one to seven bytes.
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
            last |= word >> UInt64((8 - (count - i)) * 8)
        } else {
            var shift: UInt64 = 0
            while i < count {
                last |= UInt64(bytes[i]) << shift
                shift += 8
                i += 1
            }
        }
    }
    v3 ^= last
    round()
    round()
    v0 ^= last
    v2 ^= 0xFF
    round()
    round()
    round()
    round()
    return (v0 ^ v1) ^ (v2 ^ v3)
}

/// The key for PYTHONHASHSEED=`seed`: 0 gives the zero key; otherwise 16 bytes of CPython's linear congruential generator.
func hashKey(seed: UInt32) -> (UInt64, UInt64) {
    if seed == 0 { return (0, 0) }
    var x = seed
    var words: (UInt64, UInt64) = (0, 0)
    for i in 0..<16 {
        x = x &* 214013 &+ 2_531_011
        let byte = UInt64((x >> 16) & 0xFF)
        if i < 8 { words.0 |= byte << UInt64(i * 8) } else { words.1 |= byte << UInt64((i - 8) * 8) }
    }
    return words
}
