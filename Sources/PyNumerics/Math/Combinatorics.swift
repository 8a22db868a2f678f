// Factorials, binomials, falling factorials: balanced products.
// CPython: math.factorial, math.comb, math.perm.

extension BigInt {
    /// The product `low * (low + step) * ...` of `count` terms, halves multiplied so that the operands stay of a size.
    private static func product(from low: BigInt, count: Int, step: Int, stop: Interruption?) -> BigInt {
        if count == 0 { return .one }
        if count == 1 { return low }
        if count <= 8 {
            var r = low, next = low
            for _ in 1 ..< count {
                next += BigInt(step)
                r *= next
            }
            return r
        }
        if count >= 256, let stop, stop.check() { return .zero }
        let half = count / 2
        let lower = product(from: low, count: half, step: step, stop: stop)
        let upper = product(from: low + BigInt(half) * BigInt(step), count: count - half, step: step, stop: stop)
        return lower.multiplied(by: upper, stop: stop)
    }

    /// `n!` for `n >= 0`.
    public static func factorial(_ n: Int, stop: Interruption? = nil) -> BigInt {
        if n < 2 { return .one }
        // n! = 2^(n - ones(n)) * prod over i of the odd numbers up to n / 2^i.
        var inner = BigInt.one, outer = BigInt.one
        var upper = 3
        var i = Int.bitWidth - n.leadingZeroBitCount - 2
        while i >= 0 {
            let v = n >> i
            if v > 2 {
                let end = (v + 1) | 1
                if end > upper { 
                    inner = inner.multiplied(by: product(from: BigInt(upper), count: (end - upper) / 2, step: 2, stop: stop), stop: stop)
                }
                upper = max(upper, end)
                outer = outer.multiplied(by: inner, stop: stop)
                if let stop, stop.isStopped { return .zero }
            }
            i -= 1
        }
        return outer.shiftedLeft(by: n - n.nonzeroBitCount)
    }

    /// `n * (n - 1) * ...`, `k` factors; `0 <= k <= n`.
    public static func permutations(_ n: BigInt, _ k: Int, stop: Interruption? = nil) -> BigInt {
        product(from: n - BigInt(k) + .one, count: k, step: 1, stop: stop)
    }

    /// `n` over `k`; `0 <= k <= n`.
    public static func combinations(_ n: BigInt, _ k: Int, stop: Interruption? = nil) -> BigInt {
        if k == 0 { return .one }
        if let small = n.asInt, k <= 64 {
            // Exact at every step, in words while they hold it.
            var r: UInt64 = 1
            var i = 1
            while i <= k {
                let (p, overflow) = r.multipliedReportingOverflow(by: UInt64(small - i + 1))
                if overflow { break }
                r = p / UInt64(i)
                i += 1
            }
            if i > k { return BigInt(r) }
        }
        let falling = permutations(n, k, stop: stop), divisor = factorial(k, stop: stop)
        return falling.truncatedDivision(by: divisor, stop: stop)?.quotient ?? .zero
    }

    /// The least common multiple, not negative.
    public static func lcm(_ a: BigInt, _ b: BigInt, stop: Interruption? = nil) -> BigInt {
        if a.isZero || b.isZero { return .zero }
        let factor = a.truncatedDivision(by: gcd(a, b, stop: stop), stop: stop)?.quotient ?? .zero
        return factor.multiplied(by: b, stop: stop).absolute
    }
}
