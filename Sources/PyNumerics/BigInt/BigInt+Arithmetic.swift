// + - * and division with Python's floor semantics.
// CPython: Objects/longobject.c. Rules: Language Reference 6.7.

extension BigInt {
    public static prefix func - (a: BigInt) -> BigInt { BigInt(normalised: a.magnitude, isNegative: !a.isNegative) }

    public static func + (a: BigInt, b: BigInt) -> BigInt { sum(a, b, bNegative: b.isNegative) }
    public static func - (a: BigInt, b: BigInt) -> BigInt { sum(a, b, bNegative: !b.isNegative) }
    public static func += (a: inout BigInt, b: BigInt) { a = a + b }
    public static func -= (a: inout BigInt, b: BigInt) { a = a - b }
    public static func *= (a: inout BigInt, b: BigInt) { a = a * b }

    private static func sum(_ a: BigInt, _ b: BigInt, bNegative: Bool) -> BigInt {
        if b.isZero { return a }
        if a.isZero { return BigInt(normalised: b.magnitude, isNegative: bNegative) }
        if a.isNegative == bNegative {
            return a.magnitude.count >= b.magnitude.count ? added(a, b, a.isNegative) : added(b, a, a.isNegative)
        }
        let order = a.withLimbs { x, xn in b.withLimbs { y, yn in Limbs.compare(x, xn, y, yn) } }
        if order == 0 { return .zero }
        return order > 0 ? subtracted(a, b, a.isNegative) : subtracted(b, a, bNegative)
    }

    private static func added(_ a: BigInt, _ b: BigInt, _ isNegative: Bool) -> BigInt {
        let n = a.magnitude.count
        return build(n + 1, isNegative: isNegative) { r in
            r[n] = a.withLimbs { x, xn in b.withLimbs { y, yn in Limbs.add(r, x, xn, y, yn) } }
            return n + 1
        }
    }

    private static func subtracted(_ a: BigInt, _ b: BigInt, _ isNegative: Bool) -> BigInt {
        let n = a.magnitude.count
        return build(n, isNegative: isNegative) { r in
            a.withLimbs { x, xn in b.withLimbs { y, yn in _ = Limbs.subtract(r, x, xn, y, yn) } }
            return n
        }
    }

    public static func * (a: BigInt, b: BigInt) -> BigInt { a.multiplied(by: b, stop: nil) }

    func multiplied(by other: BigInt, stop: Interruption?) -> BigInt {
        if isZero || other.isZero { return .zero }
        let n = magnitude.count + other.magnitude.count
        return BigInt.build(n, isNegative: isNegative != other.isNegative) { r in
            withLimbs { x, xn in other.withLimbs { y, yn in Limbs.multiply(r, x, xn, y, yn, stop: stop) } }
            return n
        }
    }

    public var squared: BigInt { squared(stop: nil) }

    func squared(stop: Interruption?) -> BigInt {
        let n = 2 * magnitude.count
        return BigInt.build(n) { r in
            withLimbs { Limbs.square(r, $0, $1, stop: stop) }
            return n
        }
    }

    /// Quotient towards zero and the remainder with the dividend's sign; nil if `divisor` is 0.
    public func truncatedDivision(by divisor: BigInt, stop: Interruption? = nil) -> (quotient: BigInt, remainder: BigInt)? {
        if divisor.isZero { return nil }
        let an = magnitude.count, bn = divisor.magnitude.count
        if an < bn { return (.zero, self) }
        var remainder = BigInt.zero
        let quotient = BigInt.build(an - bn + 1, isNegative: isNegative != divisor.isNegative) { q in
            remainder = BigInt.build(bn, isNegative: isNegative) { r in
                withLimbs { a, an in divisor.withLimbs { b, bn in Limbs.divide(q, r, a, an, b, bn, stop: stop) } }
                return bn
            }
            return an - bn + 1
        }
        return (quotient, remainder)
    }

    /// Python's `divmod`: the quotient's floor, and a remainder with the divisor's sign; nil if `divisor` is 0.
    public func floorDivision(by divisor: BigInt) -> (quotient: BigInt, remainder: BigInt)? {
        guard let (q, r) = truncatedDivision(by: divisor) else { return nil }
        if r.isZero || r.isNegative == divisor.isNegative { return (q, r) }
        return (q - .one, r + divisor)
    }

    /// Python's `//`; nil if `divisor` is 0.
    public func floorQuotient(by divisor: BigInt) -> BigInt? { floorDivision(by: divisor)?.quotient }

    /// Python's `%`; nil if `divisor` is 0.
    public func modulo(_ divisor: BigInt, stop: Interruption? = nil) -> BigInt? {
        if divisor.isZero { return nil }
        let an = magnitude.count, bn = divisor.magnitude.count
        var r = self
        if an >= bn {
            r = BigInt.build(bn, isNegative: isNegative) { r in
                withLimbs { a, an in divisor.withLimbs { b, bn in Limbs.divide(nil, r, a, an, b, bn, stop: stop) } }
                return bn
            }
        }
        return r.isZero || r.isNegative == divisor.isNegative ? r : r + divisor
    }
}
