// Magnitudes to and from digits in the bases 2 to 36. Bases that are powers of two are bit shuffling; the others split
// at powers of the base, so that the cost is that of multiplication (CPython's is quadratic).
// CPython: long_to_decimal_string, long_format_binary, PyLong_FromString in Objects/longobject.c.

extension Limbs {
    /// The largest power of `base` below 2^64, and its exponent.
    public static func wordPower(base: Int) -> (power: UInt64, digits: Int) {
        if base == 10 { return (10_000_000_000_000_000_000, 19) }
        var power = UInt64(base), digits = 1
        while true {
            let (next, overflow) = power.multipliedReportingOverflow(by: UInt64(base))
            if overflow { return (power, digits) }
            power = next
            digits += 1
        }
    }

    /// An upper bound on the digits of an `n`-limb number in `base`.
    public static func digitCapacity(_ n: Int, base: Int) -> Int {
        // Bits per digit, rounded down a little: floor(log2(base) * 1024).
        let bits = Int(Logarithms.log2Times1024(base))
        return n * 64 * 1024 / bits + 2
    }

    /// Writes the normalised magnitude's digits, most significant first, without leading zeros ("0" for none).
    /// - Parameter out: at least `digitCapacity(n, base)` bytes.
    /// - Returns: how many were written.
    public static func writeDigits(
        _ out: UnsafeMutablePointer<UInt8>, _ a: LimbPointer, _ n: Int, base: Int, stop: Interruption? = nil
    ) -> Int {
        if n == 0 {
            out[0] = UInt8(ascii: "0")
            return 1
        }
        if base & (base - 1) == 0 { return writeBinary(out, a, n, bits: base.trailingZeroBitCount) }
        if n <= 30 {
            return writeSmall(out, a, n, base: base, width: 0)
        }
        var powers = PowerLadder(base: base, limbs: (n + 1) / 2, stop: stop)
        return powers.write(out, a, n, width: 0)
    }

    @inline(__always)
    static func digitCharacter(_ d: Int) -> UInt8 { UInt8(truncatingIfNeeded: d < 10 ? d + 48 : d + 87) }

    private static func writeBinary(_ out: UnsafeMutablePointer<UInt8>, _ a: LimbPointer, _ n: Int, bits: Int) -> Int {
        let count = (bitWidth(a, n) + bits - 1) / bits
        var position = 0
        let mask = UInt64(1 << bits - 1)
        var i = count
        if bits == 4 {
            // Sixteen digits a limb, none across limbs.
            for limb in 0 ..< n - 1 {
                var x = a[limb]
                for _ in 0 ..< 16 {
                    i &-= 1
                    let d = UInt8(truncatingIfNeeded: x & 15)
                    out[i] = d &+ 48 &+ (d > 9 ? 39 : 0)
                    x &>>= 4
                }
            }
            position = 64 * (n - 1)
        }
        while i > 0 {
            i -= 1
            let word = position / 64, bit = position % 64
            var x = a[word] >> UInt64(bit)
            if bit + bits > 64 && word + 1 < n { x |= a[word + 1] << UInt64(64 - bit) }
            out[i] = digitCharacter(Int(truncatingIfNeeded: x & mask))
            position += bits
        }
        return count
    }

    /// Quadratic: a word's worth of digits per division. `width` > 0: exactly that many digits, zeros in front.
    static func writeSmall(_ out: UnsafeMutablePointer<UInt8>, _ a: LimbPointer, _ n: Int, base: Int, width: Int) -> Int {
        let (power, digits) = wordPower(base: base)
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * n + 4) { buffer -> Int in
            guard let work = buffer.baseAddress else { return 0 }
            copy(work, a, n)
            let chunks = work + n  // Least significant first.
            var count = 0, left = trimmed(work, n)
            while left > 1 || (left == 1 && work[0] >= power) {
                chunks[count] = divide1(work, work, left, power)
                count += 1
                left = trimmed(work, left)
            }
            var position = 0
            if left == 1 || count == 0 {
                chunks[count] = left == 1 ? work[0] : 0
                count += 1
            }
            if width == 0 {
                position = writeWord(out, chunks[count - 1], base: base)
                count -= 1
            } else {
                // The top chunk may be partial, and zeros go before it.
                let lead = width - (count - 1) * digits
                if lead > digits {
                    for i in 0 ..< lead - digits { out[i] = UInt8(ascii: "0") }
                    position = lead - digits
                    writeWordPadded(out + position, chunks[count - 1], base: base, digits)
                    position += digits
                } else {
                    writeWordPadded(out, chunks[count - 1], base: base, lead)
                    position = lead
                }
                count -= 1
            }
            while count > 0 {
                count -= 1
                writeWordPadded(out + position, chunks[count], base: base, digits)
                position += digits
            }
            return position
        }
    }

    /// The digits of one word, no zeros in front; returns how many.
    public static func writeWord(_ out: UnsafeMutablePointer<UInt8>, _ x: UInt64, base: Int) -> Int {
        var count = 1
        var rest = x
        if base == 10 {
            while rest >= 10 {
                rest /= 10
                count += 1
            }
        } else {
            while rest >= UInt64(base) {
                rest /= UInt64(base)
                count += 1
            }
        }
        writeWordPadded(out, x, base: base, count)
        return count
    }

    static func writeWordPadded(_ out: UnsafeMutablePointer<UInt8>, _ x: UInt64, base: Int, _ width: Int) {
        var rest = x
        var i = width
        if base == 10 {
            while i > 0 {
                i &-= 1
                let q = rest / 10
                out[i] = UInt8(truncatingIfNeeded: rest &- q &* 10 &+ 48)
                rest = q
            }
            return
        }
        let b = UInt64(base)
        while i > 0 {
            i &-= 1
            out[i] = digitCharacter(Int(truncatingIfNeeded: rest % b))
            rest /= b
        }
    }

    /// Limbs that hold any `count`-digit number of `base`.
    public static func limbCapacity(digits count: Int, base: Int) -> Int {
        let bits = Int(Logarithms.log2Times1024(base)) + 1
        return count * bits / 65536 + 2
    }

    /// Reads digit values (0 ..< base, most significant first; already checked).
    /// - Parameter r: `limbCapacity(digits: count, base)` limbs.
    /// - Returns: the normalised size.
    public static func readDigits(
        _ r: MutableLimbPointer, _ digits: UnsafePointer<UInt8>, _ count: Int, base: Int, stop: Interruption? = nil
    ) -> Int {
        if base & (base - 1) == 0 { return readBinary(r, digits, count, bits: base.trailingZeroBitCount) }
        if count <= 400 { return readSmall(r, digits, count, base: base) }
        var powers = PowerLadder(base: base, limbs: limbCapacity(digits: count, base: base) / 2 + 1, stop: stop)
        return powers.read(r, digits, count)
    }

    private static func readBinary(_ r: MutableLimbPointer, _ digits: UnsafePointer<UInt8>, _ count: Int, bits: Int) -> Int {
        var word: UInt64 = 0
        var filled = 0, n = 0
        var i = count
        while i > 0 {
            i -= 1
            let d = UInt64(digits[i])
            word |= d << UInt64(filled)
            filled += bits
            if filled >= 64 {
                r[n] = word
                n += 1
                filled -= 64
                word = filled == 0 ? 0 : d >> UInt64(bits - filled)
            }
        }
        if word != 0 {
            r[n] = word
            n += 1
        }
        return trimmed(r, n)
    }

    static func readSmall(_ r: MutableLimbPointer, _ digits: UnsafePointer<UInt8>, _ count: Int, base: Int) -> Int {
        let (_, per) = wordPower(base: base)
        var n = 0, i = 0
        while i < count {
            let take = i == 0 && count % per != 0 ? count % per : per
            var word: UInt64 = 0, scale: UInt64 = 1
            for j in i ..< i + take {
                word = word &* UInt64(base) &+ UInt64(digits[j])
                scale = scale &* UInt64(base)
            }
            i += take
            let carry = multiply1(r, r, n, scale, carry: word)
            if carry != 0 {
                r[n] = carry
                n += 1
            }
        }
        return n
    }
}

/// The powers `base^(chunk * 2^i)` that radix conversion splits at.
private struct PowerLadder {
    let base: Int
    /// Digits in the lowest rung.
    let chunk: Int
    private var rungs: [BigInt]
    private let stop: Interruption?

    /// Rungs up to the first with at least `limbs` limbs.
    init(base: Int, limbs: Int, stop: Interruption?) {
        self.base = base
        self.stop = stop
        let (power, digits) = Limbs.wordPower(base: base)
        chunk = digits * 16
        rungs = [BigInt(power).raised(to: 16)]
        while let last = rungs.last, last.magnitude.count < limbs {
            let next = last.squared(stop: stop)
            if let stop, stop.isStopped { break }
            rungs.append(next)
        }
    }

    private func digits(_ rung: Int) -> Int { chunk << rung }

    /// `width` 0: no zeros in front; else exactly `width` digits.
    mutating func write(_ out: UnsafeMutablePointer<UInt8>, _ a: LimbPointer, _ n: Int, width: Int) -> Int {
        let n = Limbs.trimmed(a, n)
        if n <= 30 {
            if n == 0 && width == 0 { return 0 }
            return n == 0 ? zeros(out, width) : Limbs.writeSmall(out, a, n, base: base, width: width)
        }
        if let stop, n >= Limbs.interruptibleCount ? stop.check() : stop.isStopped { return 0 }
        // The largest rung of at most half the size, so that both halves are shorter than the whole.
        var rung = rungs.count - 1
        while rung > 0 && rungs[rung].magnitude.count > (n + 1) / 2 { rung -= 1 }
        let power = rungs[rung].magnitude.count
        let memory = MutableLimbPointer.allocate(capacity: n + 1)
        defer { memory.deallocate() }
        let q = memory, r = memory + (n - power + 1)
        rungs[rung].withLimbs { p, pn in Limbs.divide(q, r, a, n, p, pn, stop: stop) }
        if let stop, stop.isStopped { return 0 }
        let low = digits(rung)
        let high = write(out, q, n - power + 1, width: width == 0 ? 0 : width - low)
        return high + write(out + high, r, power, width: high == 0 && width == 0 ? 0 : low)
    }

    private func zeros(_ out: UnsafeMutablePointer<UInt8>, _ width: Int) -> Int {
        for i in 0 ..< width { out[i] = UInt8(ascii: "0") }
        return width
    }

    mutating func read(_ r: MutableLimbPointer, _ digits: UnsafePointer<UInt8>, _ count: Int) -> Int {
        if count <= max(chunk, 400) { return Limbs.readSmall(r, digits, count, base: base) }
        if let stop, stop.isStopped { return 0 }
        var rung = rungs.count - 1
        while rung > 0 && self.digits(rung) >= count { rung -= 1 }
        let low = self.digits(rung)
        let power = rungs[rung].magnitude.count
        let highCapacity = Limbs.limbCapacity(digits: count - low, base: base)
        let lowCapacity = Limbs.limbCapacity(digits: low, base: base)
        let memory = MutableLimbPointer.allocate(capacity: highCapacity * 2 + lowCapacity + power)
        defer { memory.deallocate() }
        let high = memory, lower = memory + highCapacity, product = lower + lowCapacity
        let hn = read(high, digits, count - low)
        let ln = read(lower, digits + (count - low), low)
        if hn == 0 {
            Limbs.copy(r, lower, ln)
            return ln
        }
        rungs[rung].withLimbs { p, pn in Limbs.multiply(product, high, hn, p, pn, stop: stop) }
        var n = Limbs.trimmed(product, hn + power)
        let carry = Limbs.add(product, product, n, lower, min(ln, n))
        if carry != 0 {
            product[n] = carry
            n += 1
        }
        Limbs.copy(r, product, n)
        return n
    }
}

enum Logarithms {
    /// `floor(log2(base) * 1024)` for 2 ... 36.
    static func log2Times1024(_ base: Int) -> UInt64 {
        // log2(b) * 1024 = log2(b^1024): by repeated squaring of a 32.32 fixed-point mantissa.
        var x = UInt64(base) << 32
        var whole: UInt64 = 0
        while x >= 2 << 32 {
            x >>= 1
            whole += 1
        }
        var fraction: UInt64 = 0
        for _ in 0 ..< 10 {
            let (high, low) = x.multipliedFullWidth(by: x)
            x = high << 32 | low >> 32
            fraction <<= 1
            if x >= 2 << 32 {
                x >>= 1
                fraction |= 1
            }
        }
        return whole << 10 | fraction
    }
}
