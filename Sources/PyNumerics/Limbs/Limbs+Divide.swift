// Quotients of limb arrays: one-limb divisors by a precomputed reciprocal, Knuth's D for the middle sizes, recursive
// division (Burnikel and Ziegler) above.
// CPython: x_divrem, inplace_divrem1 in Objects/longobject.c. Method: Möller and Granlund, "Improved division by
// invariant integers"; Brent and Zimmermann, "Modern Computer Arithmetic", 1.4.3.

extension Limbs {
    @usableFromInline static var recursiveDivisionCutoff: Int { 60 }

    /// `floor((2^128 - 1) / d) - 2^64` for a `d` with its top bit set.
    @inlinable static func reciprocal(_ d: UInt64) -> UInt64 {
        d.dividingFullWidth((high: ~d, low: ~0)).quotient
    }

    /// Quotient and remainder of `(u1, u0)` by a normalised `d`, `u1 < d`, with `v` its reciprocal.
    @inlinable @inline(__always)
    static func divide2by1(_ u1: UInt64, _ u0: UInt64, _ d: UInt64, _ v: UInt64) -> (UInt64, UInt64) {
        var (q1, q0) = v.multipliedFullWidth(by: u1)
        let (low, carry) = q0.addingReportingOverflow(u0)
        q0 = low
        q1 = q1 &+ u1 &+ (carry ? 1 : 0) &+ 1
        var r = u0 &- q1 &* d
        if r > q0 {
            q1 &-= 1
            r = r &+ d
        }
        if r >= d {
            q1 &+= 1
            r = r &- d
        }
        return (q1, r)
    }

    /// `q = a / d`, `n` limbs each; returns the remainder. `d` is not 0; `q` may be `a`.
    @inlinable @discardableResult
    public static func divide1(_ q: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ divisor: UInt64) -> UInt64 {
        if n == 1 {
            let x = a[0]
            q[0] = x / divisor
            return x % divisor
        }
        let shift = divisor.leadingZeroBitCount
        let d = divisor &<< UInt64(shift)
        let v = reciprocal(d)
        var i = n
        var r: UInt64 = 0
        if shift == 0 {
            while i > 0 {
                i &-= 1
                (q[i], r) = divide2by1(r, a[i], d, v)
            }
            return r
        }
        let up = UInt64(shift), down = 64 &- up
        if n == 0 { return 0 }
        var high = a[n &- 1]
        r = high &>> down
        while i > 1 {
            i &-= 1
            let low = a[i &- 1]
            (q[i], r) = divide2by1(r, (high &<< up) | (low &>> down), d, v)
            high = low
        }
        (q[0], r) = divide2by1(r, high &<< up, d, v)
        return r &>> up
    }

    /// `a mod d`.
    @inlinable public static func remainder1(_ a: LimbPointer, _ n: Int, _ divisor: UInt64) -> UInt64 {
        if n == 1 { return a[0] % divisor }
        let shift = UInt64(divisor.leadingZeroBitCount)
        let d = divisor &<< shift
        let v = reciprocal(d)
        var r: UInt64 = 0
        var i = n
        while i > 0 {
            i &-= 1
            // r < divisor, so that r << shift < d and the two halves of a[i] go in one after the other.
            let x = a[i]
            if shift == 0 {
                r = divide2by1(r, x, d, v).1
            } else {
                let top = (r &<< shift) | (x &>> (64 &- shift))
                r = divide2by1(top, x &<< shift, d, v).1 &>> shift
            }
        }
        return r
    }

    /// Schoolbook and recursive division of normalised operands.
    /// - Parameters: q: `an - bn + 1` limbs; r: `bn` limbs; a, b: `an >= bn >= 1`, top limb of `b` not 0.
    ///   `q` and `r` overlap nothing. Either may be nil if not wanted.
    @usableFromInline
    static func divideGeneral(
        _ q: MutableLimbPointer?, _ r: MutableLimbPointer?, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int, _ stop: Interruption?
    ) {
        // Both shifted so that the divisor's top bit is set; one more limb above the dividend keeps the invariant
        // that its top bn limbs are below the divisor.
        let shift = b[bn - 1].leadingZeroBitCount
        let quotientCount = an - bn + 1
        let work = MutableLimbPointer.allocate(capacity: an + 1 + bn + (q == nil ? quotientCount : 0))
        defer { work.deallocate() }
        let u = work, d = work + an + 1
        let quotient = q ?? (d + bn)
        u[an] = shiftLeft(u, a, an, shift)
        shiftLeft(d, b, bn, shift)
        if bn < recursiveDivisionCutoff || quotientCount < recursiveDivisionCutoff {
            divideSchoolbook(quotient, u, an + 1, d, bn)
        } else {
            divideBlocks(quotient, u, an + 1, d, bn, stop)
        }
        if let r { shiftRight(r, u, bn, shift) }
    }

    /// Quotient and remainder of magnitudes (truncating). `q`: `an - bn + 1` limbs; `r`: `bn` limbs; `an >= bn >= 1`,
    /// `b` normalised. Neither overlaps an operand. Either may be nil.
    @inlinable
    public static func divide(
        _ q: MutableLimbPointer?, _ r: MutableLimbPointer?, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int,
        stop: Interruption? = nil
    ) {
        if bn == 1 {
            if let q {
                let m = divide1(q, a, an, b[0])
                if let r { r[0] = m }
            } else if let r {
                r[0] = remainder1(a, an, b[0])
            }
        } else {
            divideGeneral(q, r, a, an, b, bn, stop)
        }
    }

    /// Knuth's D. `u` (`un` limbs) becomes the remainder in its low `n` limbs; `q` gets `un - n` limbs. `d` has its top
    /// bit set and `n >= 2`; the top `n` limbs of `u` are below `d`.
    private static func divideSchoolbook(_ q: MutableLimbPointer, _ u: MutableLimbPointer, _ un: Int, _ d: LimbPointer, _ n: Int) {
        let d1 = d[n - 1], d0 = d[n - 2]
        let v = reciprocal3by2(d1, d0)
        var j = un - n - 1
        while j >= 0 {
            let window = u + j
            let u2 = window[n], u1 = window[n &- 1]
            var digit: UInt64
            if u2 == d1 && u1 == d0 {
                digit = ~0
            } else {
                digit = quotient3by2(u2, u1, window[n &- 2], d1, d0, v)
            }
            let borrow = subtractMultiply1(window, d, n, digit)
            if borrow > u2 {
                // One too many: the estimate from three limbs is never off by more.
                digit &-= 1
                addSame(window, window, d, n)
            }
            window[n] = 0
            q[j] = digit
            j &-= 1
        }
    }

    /// Divisors of any size: quotient digits in blocks of at most `n`.
    private static func divideBlocks(
        _ q: MutableLimbPointer, _ u: MutableLimbPointer, _ un: Int, _ d: LimbPointer, _ n: Int, _ stop: Interruption?
    ) {
        let scratch = MutableLimbPointer.allocate(capacity: 2 * n)
        defer { scratch.deallocate() }
        var left = un - n
        // The odd block first, at the top; then full blocks.
        let first = left % n == 0 ? n : left % n
        var block = first
        while left > 0 {
            left -= block
            let carry = divideRecursive(q + left, u + left, d, n, block, scratch, stop)
            if let stop, stop.check() { return }
            assert(carry == 0)
            block = n
        }
    }

    /// `u` has `n + m` limbs, `d` `n`, `m <= n`. Remainder into the low `n` limbs of `u` (the others become 0), quotient
    /// into `m` limbs of `q`; returns the quotient's limb above (0 or 1; the top `n` limbs of `u` may exceed `d` once).
    private static func divideRecursive(
        _ q: MutableLimbPointer, _ u: MutableLimbPointer, _ d: LimbPointer, _ n: Int, _ m: Int, _ scratch: MutableLimbPointer,
        _ stop: Interruption?
    ) -> UInt64 {
        var top: UInt64 = 0
        if compare(u + m, d, n) >= 0 {
            subtractSame(u + m, u + m, d, n)
            top = 1
        }
        if m < recursiveDivisionCutoff {
            divideSchoolbook(q, u, n + m, d, n)
            return top
        }
        let k = m / 2
        // Upper part of the quotient from the upper part of the divisor, then the correction for the lower part.
        var high = divideRecursive(q + k, u + 2 * k, d + k, n - k, m - k, scratch, stop)
        correct(q + k, m - k, &high, u + k, n + m - k, d, n, k, scratch, stop)
        if m >= interruptibleCount, let stop, stop.check() { return 0 }
        var low = divideRecursive(q, u + k, d + k, n - k, k, scratch, stop)
        correct(q, k, &low, u, n + k, d, n, k, scratch, stop)
        // `high` is 0 by now: the dividend was below d * 2^(64 m). `low` likewise.
        return top &+ high
    }

    /// `u` (`un = n + qn` limbs, its top `n - k` limbs at `k` being the partial remainder) minus `q * d0`, `d0` the low
    /// `k` limbs of `d`; while negative, one less in `q` and `d` back.
    private static func correct(
        _ q: MutableLimbPointer, _ qn: Int, _ carry: inout UInt64, _ u: MutableLimbPointer, _ un: Int,
        _ d: LimbPointer, _ n: Int, _ k: Int, _ scratch: MutableLimbPointer, _ stop: Interruption?
    ) {
        multiply(scratch, q, qn, d, k, stop: stop)
        // A quotient of no meaning would be corrected without end.
        if let stop, stop.isStopped { return }
        let size = min(qn + k, un)
        var borrow = subtract(u, u, un, scratch, size)
        if carry != 0 { borrow &+= subtract(u + qn, u + qn, un - qn, d, k) }
        while borrow != 0 {
            carry &-= subtract1(q, q, qn, 1)
            borrow &-= add(u, u, un, d, n)
        }
    }

    /// The reciprocal for `quotient3by2`.
    private static func reciprocal3by2(_ d1: UInt64, _ d0: UInt64) -> UInt64 {
        var v = reciprocal(d1)
        var p = d1 &* v &+ d0
        if p < d0 {
            v &-= 1
            if p >= d1 {
                v &-= 1
                p = p &- d1
            }
            p = p &- d1
        }
        let (t1, t0) = v.multipliedFullWidth(by: d0)
        p = p &+ t1
        if p < t1 {
            v &-= 1
            if p > d1 || (p == d1 && t0 >= d0) { v &-= 1 }
        }
        return v
    }

    /// Quotient of three limbs by two, `(u2, u1) < (d1, d0)`, `d1` with its top bit set.
    @inline(__always)
    private static func quotient3by2(
        _ u2: UInt64, _ u1: UInt64, _ u0: UInt64, _ d1: UInt64, _ d0: UInt64, _ v: UInt64
    ) -> UInt64 {
        var (q1, q0) = v.multipliedFullWidth(by: u2)
        let (low, c) = q0.addingReportingOverflow(u1)
        q0 = low
        q1 = q1 &+ u2 &+ (c ? 1 : 0)
        var r1 = u1 &- q1 &* d1
        let (t1, t0) = d0.multipliedFullWidth(by: q1)
        var (r0, b) = u0.subtractingReportingOverflow(t0)
        r1 = r1 &- t1 &- (b ? 1 : 0)
        (r0, b) = r0.subtractingReportingOverflow(d0)
        r1 = r1 &- d1 &- (b ? 1 : 0)
        q1 = q1 &+ 1
        if r1 >= q0 {
            q1 = q1 &- 1
            let (s, c) = r0.addingReportingOverflow(d0)
            r0 = s
            r1 = r1 &+ d1 &+ (c ? 1 : 0)
        }
        if r1 > d1 || (r1 == d1 && r0 >= d0) { q1 = q1 &+ 1 }
        return q1
    }
}
