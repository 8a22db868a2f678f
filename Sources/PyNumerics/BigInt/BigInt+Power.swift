// Powers, modular powers and inverses, greatest common divisors, integer square roots.
// CPython: long_pow, long_invmod, _PyLong_GCD in Objects/longobject.c; isqrt in Modules/mathmodule.c.

extension BigInt {
    /// `self ** exponent`, left to right; `exponent >= 0`.
    public func raised(to exponent: Int, stop: Interruption? = nil) -> BigInt {
        if exponent <= 0 { return .one }
        if isZero { return self }
        // Powers of two in the base are one shift at the end.
        let zeros = trailingZeroBitCount
        let base = zeros == 0 ? self : shiftedRight(by: zeros)
        var result = base.isUnit ? (base.isNegative && exponent & 1 == 1 ? base : .one) : base
        if !base.isUnit {
            var bit = Int.bitWidth - 2 - exponent.leadingZeroBitCount
            while bit >= 0 {
                result = result.squared(stop: stop)
                if exponent >> bit & 1 == 1 { result = result.multiplied(by: base, stop: stop) }
                if let stop, stop.isStopped { return .zero }
                bit -= 1
            }
        }
        return zeros == 0 ? result : result.shiftedLeft(by: zeros * exponent)
    }

    /// 1 or -1.
    var isUnit: Bool { magnitude.count == 1 && magnitude[0] == 1 }

    /// `x` with `self * x = 1 (mod modulus)`, in `0 ..< modulus`; nil if there is none. `modulus > 0`.
    public func inverse(modulo modulus: BigInt, stop: Interruption? = nil) -> BigInt? {
        guard var r1 = self.modulo(modulus, stop: stop) else { return nil }
        var r0 = modulus
        var t0 = BigInt.zero, t1 = BigInt.one
        while !r1.isZero {
            if let stop, stop.check() { return nil }
            guard let (q, r) = r0.truncatedDivision(by: r1, stop: stop) else { return nil }
            (r0, r1) = (r1, r)
            (t0, t1) = (t1, t0 - q * t1)
        }
        if !r0.isUnit { return nil }
        return t0.modulo(modulus)
    }

    public enum ModularPower: Sendable {
        case value(BigInt)
        case zeroModulus
        /// A negative exponent and a base that shares a factor with the modulus.
        case notInvertible
    }

    /// Python's three-argument `pow`; the result has the modulus's sign.
    public func raised(to exponent: BigInt, modulo modulus: BigInt, stop: Interruption? = nil) -> ModularPower {
        if modulus.isZero { return .zeroModulus }
        let m = modulus.absolute
        if m.isUnit { return .value(.zero) }
        var base = self, e = exponent
        if exponent.isNegative {
            guard let inverse = base.inverse(modulo: m, stop: stop) else { return .notInvertible }
            base = inverse
            e = -exponent
        }
        guard let reduced = base.modulo(m, stop: stop) else { return .zeroModulus }
        let r = m.isOdd ? Montgomery(m, stop: stop).power(reduced, e) : BigInt.plainModularPower(reduced, e, m, stop)
        return .value(modulus.isNegative && !r.isZero ? r + modulus : r)
    }

    private static func plainModularPower(_ base: BigInt, _ e: BigInt, _ m: BigInt, _ stop: Interruption?) -> BigInt {
        var result = BigInt.one
        // Five bits of the exponent at a time once it is long.
        let width = e.bitWidth > 64 ? 5 : 1
        var table = [BigInt.one, base]
        for i in 2 ..< max(2, 1 << width) { table.append((table[i - 1] * base).modulo(m) ?? .zero) }
        var i = (e.bitWidth + width - 1) / width
        while i > 0 {
            i -= 1
            if let stop, stop.check() { return .zero }
            for _ in 0 ..< width { result = result.squared(stop: stop).modulo(m, stop: stop) ?? .zero }
            let digit = e.bits(at: i * width, count: width)
            if digit != 0 { result = result.multiplied(by: table[digit], stop: stop).modulo(m, stop: stop) ?? .zero }
        }
        return result
    }

    /// `count < 32` bits of the magnitude from bit `position` up.
    func bits(at position: Int, count: Int) -> Int {
        let word = position / 64, bit = position % 64
        if word >= magnitude.count { return 0 }
        var x = magnitude[word] >> UInt64(bit)
        if bit + count > 64 && word + 1 < magnitude.count { x |= magnitude[word + 1] << UInt64(64 - bit) }
        return Int(truncatingIfNeeded: x & (1 << UInt64(count) - 1))
    }

    /// `floor(sqrt(self))` for `self >= 0`. Newton with doubling precision.
    public var squareRoot: BigInt { squareRoot(stop: nil) }

    /// The same, until stopped.
    public func squareRoot(stop: Interruption?) -> BigInt {
        if isZero || isNegative { return .zero }
        if let small = asUInt64 { return BigInt(BigInt.squareRoot(small)) }
        // Zimmermann's adaptive form: each step has the right leading half already; the first 32 bits in a word.
        let c = (bitWidth - 1) / 2
        var s = max(0, Int.bitWidth - c.leadingZeroBitCount - 5)
        var d = c >> s
        var a = BigInt(BigInt.squareRoot(shiftedRight(by: 2 * (c - d)).lowWord))
        while s > 0 {
            s -= 1
            let e = d
            d = c >> s
            let top = shiftedRight(by: 2 * c - e - d + 1)
            a = a.shiftedLeft(by: d - e - 1) + (top.truncatedDivision(by: a, stop: stop)?.quotient ?? .zero)
            if let stop, stop.isStopped { return .zero }
        }
        return a.squared(stop: stop) > self ? a - .one : a
    }

    /// `floor(sqrt(x))`.
    public static func squareRoot(_ x: UInt64) -> UInt64 {
        var r = UInt64(Double(x).squareRoot())
        // The double may be off by one either way, and its square may pass 2^64.
        while r > 0 && r.multipliedFullWidth(by: r) > (0, x) { r -= 1 }
        while (r + 1).multipliedFullWidth(by: r + 1) <= (0, x) { r += 1 }
        return r
    }
}

/// Residues times 2^(64 n) for an odd modulus of n limbs: products without division.
/// Montgomery, "Modular multiplication without trial division".
struct Montgomery {
    private let modulus: BigInt
    private let n: Int
    /// `-1 / modulus` mod 2^64.
    private let inverse: UInt64
    private let stop: Interruption?

    init(_ modulus: BigInt, stop: Interruption?) {
        self.modulus = modulus
        self.stop = stop
        n = modulus.magnitude.count
        let m = modulus.magnitude.first ?? 1
        var x = m  // Right in the low 3 bits; each step doubles them.
        for _ in 0 ..< 5 { x = x &* (2 &- m &* x) }
        inverse = 0 &- x
    }

    func power(_ base: BigInt, _ e: BigInt) -> BigInt {
        let one = BigInt.one.shiftedLeft(by: 64 * n).modulo(modulus, stop: stop) ?? .zero
        let start = base.shiftedLeft(by: 64 * n).modulo(modulus, stop: stop) ?? .zero
        let width = e.bitWidth > 1024 ? 5 : e.bitWidth > 64 ? 4 : 1
        // All in one buffer: the table of powers, the accumulator, the double-width product.
        let size = n
        let count = 1 << width
        let memory = MutableLimbPointer.allocate(capacity: size * (count + 1) + 2 * size + 1)
        defer { memory.deallocate() }
        let result = memory + size * count, product = result + size
        load(memory, one)
        load(memory + size, start)
        return modulus.withLimbs { m, _ in
            for i in 2 ..< max(2, count) {
                multiply(memory + size * i, memory + size * (i - 1), memory + size, m, product)
            }
            Limbs.copy(result, memory, size)
            var i = (e.bitWidth + width - 1) / width
            while i > 0 {
                i -= 1
                if let stop, stop.check() { break }
                for _ in 0 ..< width { multiply(result, result, result, m, product) }
                let digit = e.bits(at: i * width, count: width)
                if digit != 0 { multiply(result, result, memory + size * digit, m, product) }
            }
            Limbs.copy(product, result, size)
            Limbs.zero(product + size, size)
            reduce(result, product, m)
            return BigInt(isNegative: false, limbs: result, count: size)
        }
    }

    private func load(_ p: MutableLimbPointer, _ x: BigInt) {
        Limbs.zero(p, n)
        x.withLimbs { Limbs.copy(p, $0, $1) }
    }

    private func multiply(
        _ r: MutableLimbPointer, _ a: LimbPointer, _ b: LimbPointer, _ m: LimbPointer, _ product: MutableLimbPointer
    ) {
        if a == b { Limbs.square(product, a, n, stop: stop) } else { Limbs.multiply(product, a, n, b, n, stop: stop) }
        reduce(r, product, m)
    }

    /// `r = t / 2^(64 n)` mod m; `t` (2n limbs, one spare above) is destroyed.
    private func reduce(_ r: MutableLimbPointer, _ t: MutableLimbPointer, _ m: LimbPointer) {
        var top: UInt64 = 0
        var i = 0
        while i < n {
            if n >= Limbs.interruptibleCount && i & 63 == 0, let stop, stop.check() { return }
            let carry = Limbs.addMultiply1(t + i, m, n, t[i] &* inverse)
            let (s, c1) = t[i &+ n].addingReportingOverflow(carry)
            let (u, c2) = s.addingReportingOverflow(top)
            t[i &+ n] = u
            top = (c1 ? 1 : 0) &+ (c2 ? 1 : 0)
            i &+= 1
        }
        if top != 0 || Limbs.compare(t + n, m, n) >= 0 {
            Limbs.subtractSame(r, t + n, m, n)
        } else {
            Limbs.copy(r, t + n, n)
        }
    }
}
