// Carry chains over arrays of 64-bit limbs, least significant first: the floor everything else here stands on.
// The runtime's `int` objects call these on heap memory, `BigInt` calls them on Swift arrays. Multiplication and
// division have their own files.
// CPython: Objects/longobject.c (there: 30-bit digits).

public typealias LimbPointer = UnsafePointer<UInt64>
public typealias MutableLimbPointer = UnsafeMutablePointer<UInt64>

/// Routines on magnitudes: a pointer to limbs and how many there are. "Normalised" means that the top limb is not 0.
/// No routine checks bounds; sizes are the caller's contract, stated for each.
public enum Limbs {
    /// `count` without the zero limbs at the top.
    @inlinable public static func trimmed(_ p: LimbPointer, _ count: Int) -> Int {
        var n = count
        while n > 0 && p[n &- 1] == 0 { n &-= 1 }
        return n
    }

    @inlinable public static func copy(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int) {
        r.update(from: a, count: n)
    }

    @inlinable public static func zero(_ r: MutableLimbPointer, _ n: Int) {
        r.update(repeating: 0, count: n)
    }

    /// -1, 0 or 1 for two numbers of `n` limbs each.
    @inlinable public static func compare(_ a: LimbPointer, _ b: LimbPointer, _ n: Int) -> Int {
        var i = n
        while i > 0 {
            i &-= 1
            let x = a[i], y = b[i]
            if x != y { return x < y ? -1 : 1 }
        }
        return 0
    }

    /// -1, 0 or 1 for two normalised numbers.
    @inlinable public static func compare(_ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int) -> Int {
        if an != bn { return an < bn ? -1 : 1 }
        return compare(a, b, an)
    }

    /// `r = a + b` over `n` limbs; returns the carry. `r` may be `a` or `b`.
    @inlinable @discardableResult
    public static func addSame(_ r: MutableLimbPointer, _ a: LimbPointer, _ b: LimbPointer, _ n: Int) -> UInt64 {
        var carry: UInt64 = 0
        var i = 0
        while i < n {
            let (s, c1) = a[i].addingReportingOverflow(b[i])
            let (t, c2) = s.addingReportingOverflow(carry)
            r[i] = t
            carry = (c1 ? 1 : 0) | (c2 ? 1 : 0)
            i &+= 1
        }
        return carry
    }

    /// `r = a - b` over `n` limbs; returns the borrow. `r` may be `a` or `b`.
    @inlinable @discardableResult
    public static func subtractSame(_ r: MutableLimbPointer, _ a: LimbPointer, _ b: LimbPointer, _ n: Int) -> UInt64 {
        var borrow: UInt64 = 0
        var i = 0
        while i < n {
            let (s, c1) = a[i].subtractingReportingOverflow(b[i])
            let (t, c2) = s.subtractingReportingOverflow(borrow)
            r[i] = t
            borrow = (c1 ? 1 : 0) | (c2 ? 1 : 0)
            i &+= 1
        }
        return borrow
    }

    /// `r = a + limb`, `n` limbs; returns the carry. `r` may be `a`.
    @inlinable @discardableResult
    public static func add1(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ limb: UInt64) -> UInt64 {
        var carry = limb
        var i = 0
        while i < n {
            let (s, c) = a[i].addingReportingOverflow(carry)
            r[i] = s
            i &+= 1
            carry = c ? 1 : 0
            if carry == 0 { break }
        }
        if i < n && r != a { copy(r + i, a + i, n &- i) }
        return carry
    }

    /// `r = a - limb`, `n` limbs; returns the borrow. `r` may be `a`.
    @inlinable @discardableResult
    public static func subtract1(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ limb: UInt64) -> UInt64 {
        var borrow = limb
        var i = 0
        while i < n {
            let (s, c) = a[i].subtractingReportingOverflow(borrow)
            r[i] = s
            i &+= 1
            borrow = c ? 1 : 0
            if borrow == 0 { break }
        }
        if i < n && r != a { copy(r + i, a + i, n &- i) }
        return borrow
    }

    /// `r = a + b`, `an >= bn`, `r` has `an` limbs; returns the carry. `r` may be `a` or `b`.
    @inlinable @discardableResult
    public static func add(_ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int) -> UInt64 {
        let carry = addSame(r, a, b, bn)
        return add1(r + bn, a + bn, an &- bn, carry)
    }

    /// `r = a - b`, `an >= bn`, `r` has `an` limbs; returns the borrow (0 if `a >= b`). `r` may be `a` or `b`.
    @inlinable @discardableResult
    public static func subtract(_ r: MutableLimbPointer, _ a: LimbPointer, _ an: Int, _ b: LimbPointer, _ bn: Int) -> UInt64 {
        let borrow = subtractSame(r, a, b, bn)
        return subtract1(r + bn, a + bn, an &- bn, borrow)
    }

    /// `r = |a - b|` over `n` limbs; true if `a < b`.
    @inlinable
    public static func difference(_ r: MutableLimbPointer, _ a: LimbPointer, _ b: LimbPointer, _ n: Int) -> Bool {
        if compare(a, b, n) < 0 {
            subtractSame(r, b, a, n)
            return true
        }
        subtractSame(r, a, b, n)
        return false
    }

    /// `r = a << bits`, 0 <= bits < 64, `n` limbs; returns the bits pushed out. `r` may be `a` or lie above it.
    @inlinable @discardableResult
    public static func shiftLeft(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ bits: Int) -> UInt64 {
        if n == 0 { return 0 }
        if bits == 0 {
            if r != a { copy(r, a, n) }
            return 0
        }
        let up = UInt64(truncatingIfNeeded: bits), down = 64 &- up
        var i = n &- 1
        var high = a[i]
        let out = high &>> down
        while i > 0 {
            let low = a[i &- 1]
            r[i] = (high &<< up) | (low &>> down)
            high = low
            i &-= 1
        }
        r[0] = high &<< up
        return out
    }

    /// `r = a >> bits`, 0 <= bits < 64, `n` limbs; returns the bits pushed out, at the top of a limb. `r` may be `a` or lie below it.
    @inlinable @discardableResult
    public static func shiftRight(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ bits: Int) -> UInt64 {
        if n == 0 { return 0 }
        if bits == 0 {
            if r != a { copy(r, a, n) }
            return 0
        }
        let down = UInt64(truncatingIfNeeded: bits), up = 64 &- down
        var low = a[0]
        let out = low &<< up
        var i = 0
        while i < n &- 1 {
            let high = a[i &+ 1]
            r[i] = (low &>> down) | (high &<< up)
            low = high
            i &+= 1
        }
        r[i] = low &>> down
        return out
    }

    /// How many bits the normalised number has; 0 for none.
    @inlinable public static func bitWidth(_ a: LimbPointer, _ n: Int) -> Int {
        n == 0 ? 0 : n &* 64 &- a[n &- 1].leadingZeroBitCount
    }

    /// `r = a * m + carry`, `n` limbs; returns the top limb. `r` may be `a`.
    @inlinable
    public static func multiply1(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ m: UInt64, carry: UInt64 = 0) -> UInt64 {
        var carry = carry
        var i = 0
        while i < n {
            let (high, low) = a[i].multipliedFullWidth(by: m)
            let (s, c) = low.addingReportingOverflow(carry)
            r[i] = s
            carry = high &+ (c ? 1 : 0)  // Safe: high <= 2^64 - 2.
            i &+= 1
        }
        return carry
    }

    /// `r += a * m` over `n` limbs; returns the limb to add above.
    @inlinable
    public static func addMultiply1(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ m: UInt64) -> UInt64 {
        var carry: UInt64 = 0
        var i = 0
        while i < n {
            let (high, low) = a[i].multipliedFullWidth(by: m)
            let (s, c1) = low.addingReportingOverflow(carry)
            let (t, c2) = s.addingReportingOverflow(r[i])
            r[i] = t
            carry = high &+ (c1 ? 1 : 0) &+ (c2 ? 1 : 0)  // Safe: a*m + carry + r < 2^128.
            i &+= 1
        }
        return carry
    }

    /// `r -= a * m` over `n` limbs; returns the limb to subtract above.
    @inlinable
    public static func subtractMultiply1(_ r: MutableLimbPointer, _ a: LimbPointer, _ n: Int, _ m: UInt64) -> UInt64 {
        var carry: UInt64 = 0
        var i = 0
        while i < n {
            let (high, low) = a[i].multipliedFullWidth(by: m)
            let (s, c1) = low.addingReportingOverflow(carry)
            let (t, c2) = r[i].subtractingReportingOverflow(s)
            r[i] = t
            carry = high &+ (c1 ? 1 : 0) &+ (c2 ? 1 : 0)
            i &+= 1
        }
        return carry
    }
}
