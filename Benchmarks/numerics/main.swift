// Times big-integer operations at many sizes; Scripts/bench_numerics compiles this together with Sources/PyNumerics and
// compares with CPython. Output: one line "operation bits nanoseconds" each.

let sizes = [30, 62, 120, 250, 500, 1000, 2000, 4000, 8000, 16000, 32000, 66000, 130_000, 330_000, 1_000_000, 3_320_000]

/// The best of several timed batches, in nanoseconds per call.
func best(_ body: () -> Int) -> Double {
    let clock = ContinuousClock()
    var sink = 0
    var repeats = 1
    var fastest = Double.infinity
    let start = clock.now
    while true {
        let t = clock.measure { for _ in 0 ..< repeats { sink &+= body() } }
        let ns = Double(t.components.attoseconds) / 1e9 + Double(t.components.seconds) * 1e9
        fastest = min(fastest, ns / Double(repeats))
        if ns < 2e6 { repeats *= 2 } else if clock.now - start > .milliseconds(60) { break }
    }
    if sink == .min { print("") }
    return fastest
}

func number(_ bits: Int, _ seed: UInt64) -> BigInt {
    var x = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let limbs = (0 ..< (bits + 63) / 64).map { _ -> UInt64 in
        x ^= x << 13
        x ^= x >> 7
        x ^= x << 17
        return x
    }
    let n = BigInt(isNegative: false, magnitude: limbs)
    return n.shiftedRight(by: n.bitWidth - bits)
}

for bits in sizes {
    let a = number(bits, 1), b = number(bits, 2), c = number(2 * bits, 3), half = number(max(2, bits / 2), 4)
    func show(_ name: String, _ body: () -> BigInt?) {
        print(name, bits, best { body()?.magnitude.count ?? 0 })
    }
    show("add") { a + b }
    show("mul") { a * b }
    show("square") { a * a }
    show("mul_unbalanced") { c * half }
    show("divmod") { c.floorDivision(by: b)?.quotient }
    show("mod") { c.modulo(half) }
    show("shift") { a.shiftedLeft(by: 37) }
    if bits <= 330_000 {
        let text = a.digits(base: 10)
        print("str", bits, best { a.digits(base: 10).count })
        print("int", bits, best { BigInt(digits: text, base: 10)?.magnitude.count ?? 0 })
        print("hex", bits, best { a.digits(base: 16).count })
        show("isqrt") { a.squareRoot }
    }
    if bits <= 32000 { show("gcd") { BigInt.gcd(a, b) } }
    if bits <= 4000 {
        let m = number(bits, 5) | 1
        show("powmod") { if case .value(let r) = a.raised(to: b, modulo: m) { r } else { nil } }
        show("pow7") { a.raised(to: 7) }
    }
}
