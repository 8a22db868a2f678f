// Doubles as decimal digits: the shortest that read back the same, or exactly as many as asked for, correctly rounded.
// CPython: Python/dtoa.c (David Gay). Here: the standard library's shortest digits; exact 128-bit or big-integer
// arithmetic for a given precision.

/// `0.d1 d2 d3 ... * 10^point`, digits as ASCII, no zero at either end unless a precision asked for it.
public struct DecimalDigits: Sendable, Equatable {
    public var digits: [UInt8]
    /// Where the decimal point stands: 1.5 is digits "15", point 1.
    public var point: Int

    public init(digits: [UInt8], point: Int) {
        self.digits = digits
        self.point = point
    }

    /// The shortest digits that read back as `x`, nearest to `x` among those. `x` finite and not negative; 0 is "0", point 1.
    public static func shortest(_ x: Double) -> DecimalDigits {
        if x == 0 { return DecimalDigits(digits: [48], point: 1) }
        // Double.description is the shortest round trip as well; only its layout differs.
        var digits = [UInt8]()
        digits.reserveCapacity(17)
        var point = 0, exponent = 0
        var seenPoint = false, inExponent = false, negativeExponent = false
        var text = x.description
        text.withUTF8 { bytes in
            for c in bytes {
                switch c {
                case UInt8(ascii: "."): seenPoint = true
                case UInt8(ascii: "e"): inExponent = true
                case UInt8(ascii: "-"): negativeExponent = true
                case UInt8(ascii: "+"): break
                default:
                    if inExponent {
                        exponent = exponent * 10 + Int(c) - 48
                    } else {
                        if c == 48 && digits.isEmpty {
                            if seenPoint { point -= 1 }
                        } else {
                            digits.append(c)
                            if !seenPoint { point += 1 }
                        }
                    }
                }
            }
        }
        while digits.last == 48 { digits.removeLast() }
        return DecimalDigits(digits: digits, point: point + (negativeExponent ? -exponent : exponent))
    }

    /// `x` rounded half-even to `count >= 1` significant digits, all of them given, zeros too. `x` finite, not negative.
    public static func significant(_ x: Double, count: Int) -> DecimalDigits {
        if x == 0 { return DecimalDigits(digits: Array(repeating: 48, count: count), point: 1) }
        let estimate = shortest(x)
        var result: DecimalDigits
        if estimate.digits.count == 1 && estimate.digits[0] == 49 {
            // A power of ten in short may lie a little above x: 1e23 is 9.9999999999999992e22.
            result = rounded(x, place: count - estimate.point + 1)
            if result.point >= estimate.point { result = rounded(x, place: count - estimate.point) }
        } else {
            result = rounded(x, place: count - estimate.point)
        }
        if result.digits.count < count { result.digits += Array(repeating: 48, count: count - result.digits.count) }
        return result
    }

    /// `x` rounded half-even to a multiple of 10^-place, `place` of any sign. Empty digits if that is 0.
    /// - Parameter padded: whether zeros after the last digit up to the place are kept.
    public static func rounded(_ x: Double, place: Int, padded: Bool = false) -> DecimalDigits {
        if x == 0 { return DecimalDigits(digits: [], point: -place) }
        let m = x.isNormal ? x.significandBitPattern | 1 << 52 : x.significandBitPattern
        let e = x.isNormal ? Int(x.exponent) - 52 : -1074
        // Every digit after the 1074th decimal place is 0.
        let reach = min(place, 1080)
        let scaled: BigInt
        if let small = scaledWord(m, e, reach) {
            if small == 0 { return DecimalDigits(digits: [], point: -place) }
            scaled = BigInt(small)
        } else {
            scaled = scaledExactly(m, e, reach)
            if scaled.isZero { return DecimalDigits(digits: [], point: -place) }
        }
        var digits = scaled.digits(base: 10)
        let point = digits.count - reach
        if padded {
            if place > reach { digits += Array(repeating: 48, count: place - reach) }
        } else {
            while digits.last == 48 { digits.removeLast() }
        }
        return DecimalDigits(digits: digits, point: point)
    }

    /// `round(m * 2^e * 10^place)` if the product fits 128 bits and the result a word.
    private static func scaledWord(_ m: UInt64, _ e: Int, _ place: Int) -> UInt64? {
        guard place >= 0, place <= 19, e <= 0 else { return nil }
        var scale: UInt64 = 1
        for _ in 0 ..< place { scale &*= 10 }
        let (high, low) = m.multipliedFullWidth(by: scale)
        let drop = -e
        if drop >= 128 { return 0 }  // The product is below 2^117, hence less than half.
        if drop == 0 { return high == 0 ? low : nil }
        var kept: UInt64, overHalf: Bool, isHalf: Bool
        if drop < 64 {
            let d = UInt64(drop)
            if high >> d != 0 { return nil }
            kept = low >> d | high << (64 - d)
            let rest = low << (64 - d)
            overHalf = rest > 1 << 63
            isHalf = rest == 1 << 63
        } else if drop == 64 {
            kept = high
            overHalf = low > 1 << 63
            isHalf = low == 1 << 63
        } else {
            let d = UInt64(drop - 64)
            kept = high >> d
            let rest = high << (64 - d)
            overHalf = rest > 1 << 63 || (rest == 1 << 63 && low != 0)
            isHalf = rest == 1 << 63 && low == 0
        }
        if overHalf || (isHalf && kept & 1 == 1) {
            if kept == .max { return nil }
            kept += 1
        }
        return kept
    }

    private static func scaledExactly(_ m: UInt64, _ e: Int, _ place: Int) -> BigInt {
        var numerator = BigInt(m), denominator = BigInt.one
        if e > 0 { numerator = numerator.shiftedLeft(by: e) }
        if place > 0 {
            numerator = numerator * powerOfTen(place)
        } else if place < 0 {
            if place < -400 { return .zero }
            denominator = powerOfTen(-place)
        }
        if e < 0 { denominator = denominator.shiftedLeft(by: -e) }
        guard let (q, r) = numerator.truncatedDivision(by: denominator) else { return .zero }
        let c = r.shiftedLeft(by: 1).compared(to: denominator)
        return c > 0 || (c == 0 && q.isOdd) ? q + .one : q
    }

    static func powerOfTen(_ n: Int) -> BigInt {
        // 10^n = 5^n * 2^n: the shift is free.
        BigInt(5).raised(to: n).shiftedLeft(by: n)
    }
}
