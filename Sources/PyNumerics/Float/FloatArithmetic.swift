// The operators of Python's float that are not the machine's: // % divmod ** and round(x, n).
// CPython: float_divmod, float_pow, float_round in Objects/floatobject.c.

public enum FloatArithmetic {
    /// `(a // b, a % b)`; nil if `b` is 0. The remainder has the divisor's sign.
    public static func divMod(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double)? {
        if b == 0 { return nil }
        var mod = Libm.fmod(a, b)
        // fmod is exact, so that the division is, but for rounding.
        var div = (a - mod) / b
        if mod != 0 {
            if (b < 0) != (mod < 0) {
                mod += b
                div -= 1
            }
        } else {
            mod = zero(signOf: b)
        }
        if div == 0 { return (zero(signOf: a / b), mod) }
        var floor = div.rounded(.down)
        if div - floor > 0.5 { floor += 1 }
        return (floor, mod)
    }

    /// `a % b`; nil if `b` is 0.
    public static func modulo(_ a: Double, _ b: Double) -> Double? {
        if b == 0 { return nil }
        let mod = Libm.fmod(a, b)
        if mod == 0 { return zero(signOf: b) }
        return (b < 0) != (mod < 0) ? mod + b : mod
    }

    private static func zero(signOf x: Double) -> Double { x.sign == .minus ? -0.0 : 0.0 }

    public enum Power: Sendable, Equatable {
        case value(Double)
        /// "0.0 cannot be raised to a negative power"
        case zeroToNegative
        /// A negative base and an exponent that is no integer: the result is complex.
        case complex
        /// OverflowError: (34, 'Numerical result out of range')
        case overflow
    }

    public static func power(_ a: Double, _ b: Double) -> Power {
        if b == 0 { return .value(1) }
        if a.isNaN { return .value(a) }
        if b.isNaN { return .value(a == 1 ? 1 : b) }
        let oddExponent = b.magnitude.truncatingRemainder(dividingBy: 2) == 1
        if b.isInfinite {
            let m = a.magnitude
            return .value(m == 1 ? 1 : (b > 0) == (m > 1) ? .infinity : 0)
        }
        if a.isInfinite {
            if b > 0 { return .value(oddExponent ? a : .infinity) }
            return .value(oddExponent ? zero(signOf: a) : 0)
        }
        if a == 0 {
            if b < 0 { return .zeroToNegative }
            return .value(oddExponent ? a : 0)
        }
        var base = a, negate = false
        if a < 0 {
            if b != b.rounded(.down) { return .complex }
            base = -a
            negate = oddExponent
        }
        if base == 1 { return .value(negate ? -1 : 1) }
        let r = Libm.pow(base, b)
        if r.isInfinite { return .overflow }
        return .value(negate ? -r : r)
    }

    /// `round(x, digits)`: to a multiple of 10^-digits, ties in the exact decimal value to even; nil on overflow.
    public static func round(_ x: Double, digits: Int) -> Double? {
        if !x.isFinite || x == 0 { return x }
        // Past these no digit of x is in reach, or x is less than half a unit.
        if digits > 323 { return x }
        if digits < -308 { return zero(signOf: x) }
        let text = DecimalDigits.rounded(x.magnitude, place: digits)
        if text.digits.isEmpty { return zero(signOf: x) }
        guard let r = FloatText.parseDecimal(digits: text.digits, exponent: text.point - text.digits.count) else { return nil }
        if r.isInfinite { return nil }
        return x < 0 ? -r : r
    }

    /// Half-even to an integer.
    @inlinable public static func round(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }

    /// `(n, d)` with `x = n / d` exactly, `d` a power of two; nil for an infinity or a NaN.
    public static func integerRatio(_ x: Double) -> (BigInt, BigInt)? {
        guard x.isFinite else { return nil }
        if x == 0 { return (.zero, .one) }
        var m = x.isNormal ? x.significandBitPattern | 1 << 52 : x.significandBitPattern
        var e = x.isNormal ? Int(x.exponent) - 52 : -1074
        let zeros = m.trailingZeroBitCount
        m >>= UInt64(zeros)
        e += zeros
        let n = BigInt(m).shiftedLeft(by: max(e, 0))
        return (x < 0 ? -n : n, BigInt.one.shiftedLeft(by: max(-e, 0)))
    }
}
