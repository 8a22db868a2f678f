// Hashes of numbers: equal numbers of different types hash equally, by reduction modulo the prime 2^61 - 1.
// CPython: Python/pyhash.c, long_hash, complex_hash. Rules: Standard Types, "Hashing of numeric types"; sys.hash_info.

public enum NumberHash {
    public static var modulus: UInt64 { 1 << 61 - 1 }
    public static var bits: Int { 61 }
    public static var infinity: Int { 314_159 }
    public static var imaginary: UInt64 { 1_000_003 }

    /// `x * y` mod 2^61 - 1, both below it.
    @inlinable static func multiply(_ x: UInt64, _ y: UInt64) -> UInt64 {
        let (high, low) = x.multipliedFullWidth(by: y)
        return reduce((high << 3 | low >> 61) &+ (low & modulus))
    }

    @inlinable static func reduce(_ x: UInt64) -> UInt64 {
        let m: UInt64 = 1 << 61 - 1
        let y = (x & m) &+ (x >> 61)
        return y >= m ? y &- m : y
    }

    /// Of an int given as limbs; -1 never comes out (it is the error mark).
    public static func integer(_ a: LimbPointer, _ n: Int, isNegative: Bool) -> Int {
        // 2^64 = 8 (mod 2^61 - 1): Horner from the top limb.
        var h: UInt64 = 0
        var i = n
        while i > 0 {
            i &-= 1
            h = reduce(reduce((h &<< 3) & modulus | h >> 58) &+ reduce(a[i]))
        }
        return finish(h, isNegative)
    }

    @inlinable public static func integer(_ value: Int) -> Int {
        finish(reduce(UInt64(value.magnitude)), value < 0)
    }

    @inlinable static func finish(_ h: UInt64, _ isNegative: Bool) -> Int {
        let r = isNegative ? 0 &- Int(truncatingIfNeeded: h) : Int(truncatingIfNeeded: h)
        return r == -1 ? -2 : r
    }

    /// Of a float; nil for a NaN (3.10 hashes those by identity).
    public static func float(_ value: Double) -> Int? {
        if value.isNaN { return nil }
        if value.isInfinite { return value < 0 ? -infinity : infinity }
        if value == 0 { return 0 }
        let x = value.magnitude
        // significand * 2^(exponent - 52), the power of two as a rotation of 61 bits.
        var significand = x.significandBitPattern
        var exponent = -1074
        if x.isNormal {
            significand |= 1 << 52
            exponent = Int(x.exponent) - 52
        }
        let rotate = UInt64(((exponent % 61) + 61) % 61)
        let h = rotate == 0 ? significand : (significand << rotate) & modulus | significand >> (61 - rotate)
        return finish(reduce(h), value < 0)
    }

    /// Of a complex from the hashes of its parts.
    public static func complex(real: Int, imaginary imag: Int) -> Int {
        let h = UInt64(bitPattern: Int64(real)) &+ imaginary &* UInt64(bitPattern: Int64(imag))
        return h == .max ? -2 : Int(truncatingIfNeeded: h)
    }
}

extension BigInt {
    /// Python's `hash(int)`.
    public var pythonHash: Int { withLimbs { NumberHash.integer($0, $1, isNegative: isNegative) } }
}
