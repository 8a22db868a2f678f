// Shifts and the bitwise operators, as if on infinite two's complement.
// CPython: long_lshift, long_rshift, long_bitwise in Objects/longobject.c.

extension BigInt {
    public static prefix func ~ (a: BigInt) -> BigInt { -(a + .one) }

    /// `self * 2^bits`; `bits >= 0`. The caller refuses what memory cannot hold.
    public func shiftedLeft(by bits: Int) -> BigInt {
        if isZero || bits <= 0 { return self }
        let whole = bits / 64, part = bits % 64
        let n = magnitude.count
        return BigInt.build(n + whole + 1, isNegative: isNegative) { r in
            Limbs.zero(r, whole)
            r[whole + n] = withLimbs { Limbs.shiftLeft(r + whole, $0, $1, part) }
            return n + whole + 1
        }
    }

    /// `floor(self / 2^bits)`; `bits >= 0`.
    public func shiftedRight(by bits: Int) -> BigInt {
        if isZero || bits <= 0 { return self }
        let whole = bits / 64, part = bits % 64
        let n = magnitude.count
        if whole >= n { return isNegative ? BigInt(-1) : .zero }
        var lost = false
        let r = BigInt.build(n - whole, isNegative: isNegative) { r in
            withLimbs { a, _ in
                lost = Limbs.shiftRight(r, a + whole, n - whole, part) != 0 || Limbs.trimmed(a, whole) != 0
            }
            return n - whole
        }
        return isNegative && lost ? r - .one : r
    }

    public static func & (a: BigInt, b: BigInt) -> BigInt { bitwise(.and, a, b) }
    public static func | (a: BigInt, b: BigInt) -> BigInt { bitwise(.or, a, b) }
    public static func ^ (a: BigInt, b: BigInt) -> BigInt { bitwise(.xor, a, b) }

    private static func bitwise(_ op: Limbs.Bitwise, _ a: BigInt, _ b: BigInt) -> BigInt {
        let n = max(a.magnitude.count, b.magnitude.count) + 1
        var negative = false
        let r = build(n) { r in
            negative = a.withLimbs { x, xn in
                b.withLimbs { y, yn in Limbs.bitwise(op, r, n, x, xn, a.isNegative, y, yn, b.isNegative) }
            }
            return n
        }
        return negative ? -r : r
    }
}

extension Limbs {
    public enum Bitwise: Sendable { case and, or, xor }

    /// `r = a op b` on sign and magnitude read as two's complement; `r` has `n > max(an, bn)` limbs and receives the
    /// magnitude. Returns true if the result is negative.
    public static func bitwise(
        _ op: Bitwise, _ r: MutableLimbPointer, _ n: Int,
        _ a: LimbPointer, _ an: Int, _ aNegative: Bool, _ b: LimbPointer, _ bn: Int, _ bNegative: Bool
    ) -> Bool {
        // -x is ~x + 1: invert with a carry that dies at the first limb that is not 0.
        let aMask: UInt64 = aNegative ? ~0 : 0, bMask: UInt64 = bNegative ? ~0 : 0
        var aCarry: UInt64 = aNegative ? 1 : 0, bCarry: UInt64 = bNegative ? 1 : 0
        let negative: Bool
        switch op {
        case .and: negative = aNegative && bNegative
        case .or: negative = aNegative || bNegative
        case .xor: negative = aNegative != bNegative
        }
        let rMask: UInt64 = negative ? ~0 : 0
        var rCarry: UInt64 = negative ? 1 : 0
        var i = 0
        while i < n {
            let (x, c1) = ((i < an ? a[i] : 0) ^ aMask).addingReportingOverflow(aCarry)
            let (y, c2) = ((i < bn ? b[i] : 0) ^ bMask).addingReportingOverflow(bCarry)
            aCarry = c1 ? 1 : 0
            bCarry = c2 ? 1 : 0
            let z: UInt64
            switch op {
            case .and: z = x & y
            case .or: z = x | y
            case .xor: z = x ^ y
            }
            let (w, c3) = (z ^ rMask).addingReportingOverflow(rCarry)
            rCarry = c3 ? 1 : 0
            r[i] = w
            i &+= 1
        }
        return negative
    }
}
