// CPython: k_mul, x_mul in Objects/longobject.c. Method: Knuth 4.3.1 M; Karatsuba with differences (no carry limbs).

extension Limbs {
    /// From this many limbs on, splitting pays. Measured with Scripts/bench_numerics.
    @usableFromInline static var karatsubaCutoff: Int { 32 }
    @usableFromInline static var karatsubaSquareCutoff: Int { 44 }

    /// `r = a * b`; `r` has `an + bn` limbs and overlaps neither. Any sizes, also 0.
    @inlinable
    public static func multiply(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int, stop: Interruption? = nil
    ) {
        if an < bn {
            multiplyOrdered(r, b, bn, a, an, stop)
        } else {
            multiplyOrdered(r, a, an, b, bn, stop)
        }
    }

    @inlinable
    static func multiplyOrdered(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int, _ stop: Interruption?
    ) {
        if bn < karatsubaCutoff {
            schoolbook(r, a, an, b, bn)
        } else if a == b && an == bn {
            square(r, a, an, stop: stop)
        } else {
            multiplyLarge(r, a, an, b, bn, stop)
        }
    }

    /// `r = a * b`, `an >= bn`, quadratic.
    @inlinable
    static func schoolbook(_ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int) {
        if bn == 0 { return zero(r, an) }
        r[an] = multiply1(r, a, an, b[0])
        var j = 1
        while j < bn {
            r[an &+ j] = addMultiply1(r + j, a, an, b[j])
            j &+= 1
        }
    }

    /// `an >= bn >= karatsubaCutoff`.
    @usableFromInline @inline(never)
    static func multiplyLarge(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int, _ stop: Interruption?
    ) {
        let scratch = MutableLimbPointer.allocate(capacity: karatsubaScratch(bn))
        defer { scratch.deallocate() }
        karatsuba(r, a, b, bn, scratch, stop)
        if an == bn { return }
        // Blocks of bn limbs of `a`, each product added where the last one ended.
        zero(r + 2 * bn, an - bn)
        let block = MutableLimbPointer.allocate(capacity: 2 * bn)
        defer { block.deallocate() }
        var i = bn
        while i < an {
            if let stop, stop.check() { return }
            let n = min(bn, an - i)
            if n == bn {
                karatsuba(block, a + i, b, bn, scratch, stop)
            } else {
                multiply(block, b, bn, a + i, n, stop: stop)
            }
            add(r + i, r + i, an + bn - i, block, n + bn)
            i += n
        }
    }

    static func karatsubaScratch(_ n: Int) -> Int { 4 * n + 256 }

    /// `r = a * b`, both of `n` limbs.
    private static func karatsuba(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ b: LimbPointer, _ n: Int, _ scratch: MutableLimbPointer, _ stop: Interruption?
    ) {
        if n < karatsubaCutoff { return schoolbook(r, a, n, b, n) }
        if n >= interruptibleCount, let stop, stop.check() { return }
        let low = (n + 1) / 2, high = n - low
        // r holds |a0 - a1| and |b0 - b1| until the middle product is in scratch.
        let flipA = splitDifference(r, a, low, high)
        let flipB = splitDifference(r + low, b, low, high)
        let rest = scratch + 2 * low
        karatsuba(scratch, r, r + low, low, rest, stop)
        karatsuba(r, a, b, low, rest, stop)
        karatsuba(r + 2 * low, a + low, b + low, high, rest, stop)
        combine(r, low, high, scratch, subtractMiddle: flipA == flipB)
    }

    /// `r = a * a`; `r` has `2n` limbs and does not overlap.
    @inlinable
    public static func square(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, stop: Interruption? = nil) {
        if n < karatsubaSquareCutoff {
            squareBase(r, a, n)
        } else {
            squareLarge(r, a, n, stop)
        }
    }

    @usableFromInline @inline(never)
    static func squareLarge(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ stop: Interruption?) {
        let scratch = MutableLimbPointer.allocate(capacity: karatsubaScratch(n))
        defer { scratch.deallocate() }
        karatsubaSquare(r, a, n, scratch, stop)
    }

    private static func karatsubaSquare(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ scratch: MutableLimbPointer, _ stop: Interruption?
    ) {
        if n < karatsubaSquareCutoff { return squareBase(r, a, n) }
        if n >= interruptibleCount, let stop, stop.check() { return }
        let low = (n + 1) / 2, high = n - low
        _ = splitDifference(r, a, low, high)
        let rest = scratch + 2 * low
        karatsubaSquare(scratch, r, low, rest, stop)
        karatsubaSquare(r, a, low, rest, stop)
        karatsubaSquare(r + 2 * low, a + low, high, rest, stop)
        combine(r, low, high, scratch, subtractMiddle: true)
    }

    /// The products above the diagonal once, doubled, plus the squares.
    @usableFromInline
    static func squareBase(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int) {
        if n == 0 { return }
        if n == 1 {
            let (high, low) = a[0].multipliedFullWidth(by: a[0])
            r[0] = low
            r[1] = high
            return
        }
        r[0] = 0
        r[n] = multiply1(r + 1, a + 1, n - 1, a[0])
        var i = 1
        while i < n &- 1 {
            r[n &+ i] = addMultiply1(r + (2 &* i &+ 1), a + (i &+ 1), n &- i &- 1, a[i])
            i &+= 1
        }
        r[2 * n - 1] = shiftLeft(r + 1, r + 1, 2 * n - 2, 1)
        var carry: UInt64 = 0
        i = 0
        while i < n {
            let (high, low) = a[i].multipliedFullWidth(by: a[i])
            let (s, c1) = r[2 &* i].addingReportingOverflow(low)
            let (t, c2) = s.addingReportingOverflow(carry)
            r[2 &* i] = t
            let up = high &+ (c1 ? 1 : 0) &+ (c2 ? 1 : 0)  // Safe: high <= 2^64 - 2, and both carries need low near 2^64.
            let (u, c3) = r[2 &* i &+ 1].addingReportingOverflow(up)
            r[2 &* i &+ 1] = u
            carry = c3 ? 1 : 0
            i &+= 1
        }
    }

    /// `r = |a0 - a1|` (`low` limbs); true if `a0 < a1`. `low` is `high` or `high + 1`.
    private static func splitDifference(_ r: MutableLimbPointer, _ a: LimbPointer, _ low: Int, _ high: Int) -> Bool {
        if low == high { return difference(r, a, a + low, low) }
        if a[low - 1] == 0 && compare(a, a + low, high) < 0 {
            subtractSame(r, a + low, a, high)
            r[low - 1] = 0
            return true
        }
        subtract(r, a, low, a + low, high)
        return false
    }

    /// Adds `z0 + z2 -/+ middle` at limb `low` of `r`, which holds `z0` and `z2`. The sum is built above `middle` in scratch.
    private static func combine(
        _ r: MutableLimbPointer, _ low: Int, _ high: Int, _ middle: MutableLimbPointer, subtractMiddle: Bool
    ) {
        let size = 2 * low
        let sum = middle + size
        sum[size] = add(sum, r, size, r + size, 2 * high)
        if subtractMiddle {
            sum[size] &-= subtractSame(sum, sum, middle, size)
        } else {
            sum[size] &+= addSame(sum, sum, middle, size)
        }
        let above = 2 * (low + high) - low
        add(r + low, r + low, above, sum, min(size + 1, above))
    }
}
