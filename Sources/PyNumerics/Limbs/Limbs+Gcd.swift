// Greatest common divisors by Lehmer's method, in place: the quotients that the leading 62 bits vouch for are applied to
// the whole numbers in one pass.
// CPython: _PyLong_GCD in Objects/longobject.c. Method: Knuth 4.5.2 L.

extension Limbs {
    /// The cofactors of several division steps: `x' = a x + b y`, `y' = c x + d y`, signs alternating.
    private struct Cofactors {
        var a = 1, b = 0, c = 0, d = 1

        init(_ top: Int, _ under: Int) {
            var p = top, q = under
            while q + c != 0 && q + d != 0 {
                let t = (p + a) / (q + c)
                if t != (p + b) / (q + d) || t >= 1 << 31 { break }
                (a, c) = (c, a - t * c)
                (b, d) = (d, b - t * d)
                (p, q) = (q, p - t * q)
                // Cofactors below 2^30 and quotients below 2^31: no product here leaves 62 bits.
                if max(c.magnitude, d.magnitude) >= 1 << 30 { break }
            }
        }
    }

    /// Leaves the gcd of `x` and `y` (both destroyed, `n >= 1` limbs each, zeros on top allowed) in one of them.
    /// - Returns: where it is and its size; size 0 if both were 0.
    public static func gcd(_ x: MutableLimbPointer, _ y: MutableLimbPointer, _ n: Int, stop: Interruption? = nil) -> (MutableLimbPointer, Int) {
        var x = x, y = y
        var xn = trimmed(x, n), yn = trimmed(y, n)
        if compare(x, xn, y, yn) < 0 { (x, xn, y, yn) = (y, yn, x, xn) }
        while yn > 1 {
            if xn >= interruptibleCount, let stop, stop.check() { return (x, 0) }
            let shift = bitWidth(x, xn) - 62
            let cofactors = xn - yn > 1 ? Cofactors(0, 0) : Cofactors(bits(x, xn, shift), bits(y, yn, shift))
            if cofactors.b == 0 {
                reduce(x, xn, y, yn, stop)
                (x, xn, y, yn) = (y, yn, x, trimmed(x, yn))
            } else {
                // Limbs of y above its size are zero: it was trimmed from at least this many.
                apply(cofactors, x, y, xn)
                xn = trimmed(x, xn)
                yn = trimmed(y, yn)
            }
            if compare(x, xn, y, yn) < 0 { (x, xn, y, yn) = (y, yn, x, xn) }
        }
        if yn == 0 { return (x, xn) }
        var p = y[0], q = remainder1(x, xn, p)
        while q != 0 { (p, q) = (q, p % q) }
        x[0] = p
        return (x, 1)
    }

    /// 62 bits from bit `shift` up.
    private static func bits(_ a: LimbPointer, _ n: Int, _ shift: Int) -> Int {
        let word = shift / 64, bit = UInt64(shift % 64)
        if word >= n { return 0 }
        var w = a[word] >> bit
        if bit != 0 && word + 1 < n { w |= a[word + 1] << (64 - bit) }
        return Int(truncatingIfNeeded: w & (1 << 62 - 1))
    }

    /// `x = x mod y`, zeros above.
    private static func reduce(_ x: MutableLimbPointer, _ xn: Int, _ y: LimbPointer, _ yn: Int, _ stop: Interruption?) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: yn) { r in
            guard let r = r.baseAddress else { return }
            divide(nil, r, x, xn, y, yn, stop: stop)
            copy(x, r, yn)
            zero(x + yn, xn - yn)
        }
    }

    private static func apply(_ f: Cofactors, _ x: MutableLimbPointer, _ y: MutableLimbPointer, _ n: Int) {
        // Of a and b one is positive, of c and d the other: both rows are differences.
        let a = UInt64(f.a.magnitude), b = UInt64(f.b.magnitude), c = UInt64(f.c.magnitude), d = UInt64(f.d.magnitude)
        let even = f.a > 0 || f.b < 0
        var up: Int64 = 0, down: Int64 = 0
        for i in 0 ..< n {
            let u = x[i], v = y[i]
            if even {
                x[i] = step(u, a, v, b, &up)
                y[i] = step(v, d, u, c, &down)
            } else {
                x[i] = step(v, b, u, a, &up)
                y[i] = step(u, c, v, d, &down)
            }
        }
    }

    /// The low limb of `u * p - v * q + carry`; the rest goes into `carry`.
    @inline(__always)
    private static func step(_ u: UInt64, _ p: UInt64, _ v: UInt64, _ q: UInt64, _ carry: inout Int64) -> UInt64 {
        let (h1, l1) = u.multipliedFullWidth(by: p)
        let (h2, l2) = v.multipliedFullWidth(by: q)
        let (low, borrow) = l1.subtractingReportingOverflow(l2)
        let (sum, c) = low.addingReportingOverflow(UInt64(bitPattern: carry))
        // Safe: cofactors are below 2^62 and numbers of opposite sign cancel; the carry fits 63 bits.
        let high = h1 &- h2 &- (borrow ? 1 : 0) &+ UInt64(bitPattern: carry >> 63) &+ (c ? 1 : 0)
        carry = Int64(bitPattern: high)
        return sum
    }
}

extension BigInt {
    /// The greatest common divisor, not negative.
    public static func gcd(_ a: BigInt, _ b: BigInt, stop: Interruption? = nil) -> BigInt {
        if let x = a.absolute.asUInt64, let y = b.absolute.asUInt64 {
            var (p, q) = (x, y)
            while q != 0 { (p, q) = (q, p % q) }
            return BigInt(p)
        }
        let n = max(a.magnitude.count, b.magnitude.count)
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * n) { memory in
            guard let x = memory.baseAddress else { return .zero }
            zero(x, 2 * n)
            a.withLimbs { Limbs.copy(x, $0, $1) }
            b.withLimbs { Limbs.copy(x + n, $0, $1) }
            let (r, rn) = Limbs.gcd(x, x + n, n, stop: stop)
            return BigInt(isNegative: false, limbs: r, count: rn)
        }
    }

    private static func zero(_ p: MutableLimbPointer, _ n: Int) { Limbs.zero(p, n) }
}
