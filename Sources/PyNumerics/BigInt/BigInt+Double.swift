// Between integers and doubles, correctly rounded: conversion, true division, exact comparison.
// CPython: PyLong_AsDouble, _PyLong_Frexp, long_true_divide in Objects/longobject.c; float_richcompare.

extension BigInt {
    /// The integer part; nil for an infinity or a NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let x = value.rounded(.towardZero)
        if x == 0 {
            self = .zero
            return
        }
        let exponent = Int(x.exponent) - 52
        let significand = x.significandBitPattern | 1 << 52
        let m = exponent <= 0 ? BigInt(significand >> UInt64(-exponent)) : BigInt(significand).shiftedLeft(by: exponent)
        self.init(normalised: m.magnitude, isNegative: x < 0)
    }

    /// The nearest double, ties to even; nil if it would be past the largest finite one.
    public var asDouble: Double? {
        let bits = bitWidth
        if bits <= 64 {
            let m = Double(magnitude.first ?? 0)
            return isNegative ? -m : m
        }
        if bits > 1024 { return nil }
        return BigInt.round(withLimbs { BigInt.topBits($0, $1, bits) }, exponent: bits - 64, isNegative: isNegative)
    }

    /// The top 64 bits, the lowest of them set if any bit below is (sticky).
    private static func topBits(_ a: LimbPointer, _ n: Int, _ bits: Int) -> UInt64 {
        let shift = bits - 64
        let word = shift / 64, bit = UInt64(shift % 64)
        var x = a[word] >> bit
        if bit != 0 && word + 1 < n { x |= a[word + 1] << (64 - bit) }
        let lost = Limbs.trimmed(a, word) != 0 || (bit != 0 && a[word] << (64 - bit) != 0)
        return lost ? x | 1 : x
    }

    /// `m * 2^exponent` with `m`'s top bit set and its low bit sticky; nil on overflow.
    static func round(_ m: UInt64, exponent: Int, isNegative: Bool) -> Double? {
        // The value lies in [2^(exponent + 63), 2^(exponent + 64)); its last place is 2^(exponent + 11), or 2^-1074.
        let drop = max(11, -1074 - exponent)
        if drop > 64 { return isNegative ? -0.0 : 0.0 }
        var kept: UInt64
        if drop == 64 {
            kept = m > 1 << 63 ? 1 : 0
        } else {
            let d = UInt64(drop)
            kept = m >> d
            let rest = m << (64 - d), half: UInt64 = 1 << 63
            if rest > half || (rest == half && kept & 1 == 1) { kept += 1 }
        }
        let place = exponent + drop
        // kept <= 2^53 is exact, and so is the scaling, in two steps where one factor would not be a double.
        var x = Double(kept)
        if place > 971 || (place == 971 && kept >= 1 << 53) { return nil }
        x = place < -1022 ? x * 0x1p-1000 * power(place + 1000) : x * power(place)
        return isNegative ? -x : x
    }

    /// 2^n for a normal result.
    private static func power(_ n: Int) -> Double { Double(sign: .plus, exponent: n, significand: 1) }

    /// `self = fraction * 2^exponent`, `0.5 <= |fraction| < 1`, the fraction correctly rounded: for logarithms of integers
    /// past the doubles.
    public var frexp: (fraction: Double, exponent: Int) {
        let bits = bitWidth
        if bits == 0 { return (0, 0) }
        let m: UInt64
        if bits <= 64 {
            m = (magnitude.first ?? 0) << UInt64(64 - bits)
        } else {
            m = withLimbs { BigInt.topBits($0, $1, bits) }
        }
        guard let x = BigInt.round(m, exponent: -64, isNegative: isNegative) else { return (0, 0) }
        return x.magnitude >= 1 ? (x / 2, bits + 1) : (x, bits)
    }

    public enum TrueQuotient: Sendable, Equatable {
        case value(Double)
        case divisionByZero
        /// "integer division result too large for a float"
        case overflow
    }

    /// `a / b` of integers, correctly rounded.
    public static func trueDivide(_ a: BigInt, _ b: BigInt) -> TrueQuotient {
        if b.isZero { return .divisionByZero }
        let negative = a.isNegative != b.isNegative
        if a.isZero { return .value(negative ? -0.0 : 0.0) }
        if let x = a.asExactDouble, let y = b.asExactDouble { return .value(x / y) }
        // Scale the dividend so that the quotient has 65 or 66 bits; a remainder is sticky.
        let shift = 66 - (a.bitWidth - b.bitWidth)
        if shift > 1200 { return .value(negative ? -0.0 : 0.0) }
        if shift < -1100 { return .overflow }
        let x = a.absolute.shiftedLeft(by: max(shift, 0))
        let y = b.absolute.shiftedLeft(by: max(-shift, 0))
        guard let (q, r) = x.truncatedDivision(by: y) else { return .divisionByZero }
        let bits = q.bitWidth
        var m = q.withLimbs { topBits($0, $1, bits) }
        if !r.isZero { m |= 1 }
        guard let result = round(m, exponent: bits - 64 - shift, isNegative: negative) else { return .overflow }
        return .value(result)
    }

    /// The value as a double if it has at most 53 bits.
    private var asExactDouble: Double? {
        guard magnitude.count == 1, magnitude[0] <= 1 << 53 else { return nil }
        return isNegative ? -Double(magnitude[0]) : Double(magnitude[0])
    }

    /// -1, 0 or 1 for `self` against `value`, exactly; nil for a NaN.
    public func compared(to value: Double) -> Int? {
        if value.isNaN { return nil }
        if value.isInfinite { return value < 0 ? 1 : -1 }
        guard let whole = BigInt(value) else { return nil }
        let c = compared(to: whole)
        if c != 0 { return c }
        let fraction = value - value.rounded(.towardZero)
        return fraction == 0 ? 0 : fraction > 0 ? -1 : 1
    }
}
