// Floats to text (repr, the presentation types e f g n %, hex) and from text.
// CPython: PyOS_double_to_string in Python/pystrtod.c, float_hex and float_fromhex in Objects/floatobject.c,
// float_from_string. Syntax: Library Reference, float().

public enum FloatText {
    /// Python's `repr(float)`: "0.1", "1e+16", "inf", "nan", "-0.0".
    public static func repr(_ x: Double) -> String {
        String(decoding: reprBytes(x, addDotZero: true), as: UTF8.self)
    }

    public static var shortCapacity: Int { 24 }

    /// repr of a float that a few decimals write down exactly enough: 1.5, -20.25, 100.0. The bytes written, 0 if it is none.
    /// - Parameter out: room for `shortCapacity`.
    public static func writeShort(_ out: UnsafeMutablePointer<UInt8>, _ x: Double) -> Int {
        let magnitude = x.magnitude
        if x == 0 || !(magnitude >= 1e-3 && magnitude < 1e9) { return 0 }
        var scale = 1.0, decimals = 0
        while decimals <= 5 {
            // Below 10^15 the digits that read back as `x` with the fewest decimals are the shortest, and there is one such number.
            let m = (magnitude * scale).rounded()
            if m / scale == magnitude { return layOut(out, UInt64(m), decimals, negative: x < 0) }
            scale *= 10
            decimals += 1
        }
        return 0
    }

    private static func layOut(_ out: UnsafeMutablePointer<UInt8>, _ m: UInt64, _ decimals: Int, negative: Bool) -> Int {
        var count = 0
        if negative {
            out[0] = UInt8(ascii: "-")
            count = 1
        }
        var scale: UInt64 = 1
        for _ in 0 ..< decimals { scale *= 10 }
        count += Limbs.writeWord(out + count, m / scale, base: 10)
        out[count] = UInt8(ascii: ".")
        count += 1
        var rest = m % scale
        if decimals == 0 {
            out[count] = 48
            return count + 1
        }
        for k in (0 ..< decimals).reversed() {
            out[count + k] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return count + decimals
    }

    /// repr as ASCII; without `addDotZero` integral values have no ".0" (the parts of a complex, format code 'r').
    public static func reprBytes(_ x: Double, addDotZero: Bool) -> [UInt8] {
        if let special = nonFinite(x) { return special }
        let d = DecimalDigits.shortest(x.magnitude)
        var out = [UInt8]()
        out.reserveCapacity(26)
        if x.sign == .minus { out.append(UInt8(ascii: "-")) }
        // Exponents from -4 up to 15 are written out.
        if d.point > 16 || d.point <= -4 {
            appendScientific(&out, d, exponentSign: UInt8(ascii: "e"), keepPoint: false)
        } else {
            appendPlain(&out, d, decimals: max(d.digits.count - d.point, addDotZero ? 1 : 0))
        }
        return out
    }

    static func nonFinite(_ x: Double) -> [UInt8]? {
        if x.isNaN { return Array("nan".utf8) }
        if x.isInfinite { return Array((x < 0 ? "-inf" : "inf").utf8) }
        return nil
    }

    public struct FormatFlags: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// '+' before a number that is not negative.
        public static let sign = FormatFlags(rawValue: 1)
        /// '#': keep the point, and for 'g' the zeros after it.
        public static let alternate = FormatFlags(rawValue: 2)
        /// ".0" if there is neither point nor exponent.
        public static let addDotZero = FormatFlags(rawValue: 4)
    }

    /// A float under a presentation type: `e E f F g G r`. ASCII; NaN never has a minus sign.
    public static func format(_ value: Double, type: UInt8, precision: Int, flags: FormatFlags = []) -> [UInt8] {
        let lower = type | 0x20
        let upper = type != lower
        var out: [UInt8]
        if let special = nonFinite(value) {
            out = special
        } else {
            out = value.sign == .minus ? [UInt8(ascii: "-")] : []
            let x = value.magnitude
            let alternate = flags.contains(.alternate)
            switch lower {
            case UInt8(ascii: "e"):
                let d = DecimalDigits.significant(x, count: precision + 1)
                appendScientific(&out, d, exponentSign: UInt8(ascii: "e"), keepPoint: alternate)
            case UInt8(ascii: "f"):
                if !appendFixed(&out, x, precision) {
                    let d = DecimalDigits.rounded(x, place: precision, padded: true)
                    appendPlain(&out, d, decimals: precision)
                }
                if alternate && precision == 0 { out.append(UInt8(ascii: ".")) }
            case UInt8(ascii: "g"):
                appendGeneral(&out, x, precision: max(precision, 1), alternate: alternate, dotZero: flags.contains(.addDotZero))
            default:
                out = reprBytes(value, addDotZero: flags.contains(.addDotZero))
                if alternate && !out.contains(UInt8(ascii: ".")) { insertPoint(&out) }
            }
        }
        if flags.contains(.sign) && out.first != UInt8(ascii: "-") { out.insert(UInt8(ascii: "+"), at: 0) }
        if upper { for i in out.indices where out[i] >= 97 && out[i] <= 122 { out[i] -= 32 } }
        return out
    }

    private static func appendFixed(_ out: inout [UInt8], _ x: Double, _ precision: Int) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: fixedCapacity) { buffer in
            guard let p = buffer.baseAddress else { return false }
            let count = writeFixed(p, x, precision: precision)
            out.append(contentsOf: UnsafeBufferPointer(start: p, count: count))
            return count > 0
        }
    }

    /// Room that `writeFixed` needs: 19 digits and the point, and zeros in front of a small fraction.
    public static var fixedCapacity: Int { 24 }

    /// `x >= 0` with `precision` decimals, rounded half to even, where 128 bits hold `x * 10^precision` exactly and 63 the
    /// rounded product. The count of bytes written; 0: not so, nothing was done.
    public static func writeFixed(_ p: UnsafeMutablePointer<UInt8>, _ x: Double, precision: Int) -> Int {
        if precision < 0 || precision > 15 { return 0 }
        var scale: UInt64 = 1
        for _ in 0..<precision { scale &*= 10 }
        guard x * Double(scale) < 0x1p62, x < 0x1p53, x >= 0x1p-60 || x == 0 else { return 0 }
        // x = m * 2^-e with 0 <= e <= 112: the product has at most 53 + 50 bits.
        let m = x == 0 ? 0 : x.significandBitPattern | 1 << 52
        let e = x == 0 ? 1 : UInt64(52 - x.exponent)
        let (high, low) = m.multipliedFullWidth(by: scale)
        var q: UInt64
        let rest: UInt64, restLow: UInt64, half: UInt64
        if e == 0 {
            (q, rest, restLow, half) = (low, 0, 0, 1)
        } else if e < 64 {
            q = (high &<< (64 &- e)) | (low &>> e)
            (rest, restLow, half) = (low & (1 &<< e &- 1), 0, 1 &<< (e &- 1))
        } else if e == 64 {
            (q, rest, restLow, half) = (high, low, 0, 1 &<< 63)
        } else {
            let shift = e &- 64
            q = high &>> shift
            (rest, restLow, half) = (high & (1 &<< shift &- 1), low, 1 &<< (shift &- 1))
        }
        if rest > half || (rest == half && (restLow != 0 || q & 1 == 1)) { q &+= 1 }
        var digits = 0, left = q
        while left != 0 || digits <= precision {
            left /= 10
            digits += 1
        }
        let count = precision > 0 ? digits + 1 : digits
        var at = count
        for k in 0..<digits {
            if k == precision && precision > 0 {
                at -= 1
                p[at] = UInt8(ascii: ".")
            }
            let next = q / 10
            at -= 1
            p[at] = UInt8(truncatingIfNeeded: q &- next &* 10) &+ 48
            q = next
        }
        return count
    }

    private static func insertPoint(_ out: inout [UInt8]) {
        let at = out.firstIndex(of: UInt8(ascii: "e")) ?? out.count
        out.insert(UInt8(ascii: "."), at: at)
    }

    private static func appendGeneral(_ out: inout [UInt8], _ x: Double, precision: Int, alternate: Bool, dotZero: Bool) {
        var d = DecimalDigits.significant(x, count: precision)
        if !alternate {
            while d.digits.count > 1 && d.digits.last == 48 { d.digits.removeLast() }
        }
        let exponent = d.point - 1
        // With ".0" to be added, a number of `precision` whole digits takes an exponent: '%.1g' in complex and str(1e16).
        if exponent < -4 || exponent >= precision - (dotZero ? 1 : 0) {
            appendScientific(&out, d, exponentSign: UInt8(ascii: "e"), keepPoint: alternate)
        } else {
            let decimals = max(d.digits.count - d.point, dotZero ? 1 : 0)
            appendPlain(&out, d, decimals: decimals)
            if alternate && decimals == 0 { out.append(UInt8(ascii: ".")) }
        }
    }

    /// "d.ddde+XX"
    private static func appendScientific(_ out: inout [UInt8], _ d: DecimalDigits, exponentSign: UInt8, keepPoint: Bool) {
        out.append(d.digits.first ?? 48)
        if d.digits.count > 1 || keepPoint { out.append(UInt8(ascii: ".")) }
        out += d.digits.dropFirst()
        out.append(exponentSign)
        let e = d.point - 1
        out.append(e < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        let m = e.magnitude
        if m >= 100 { out.append(UInt8(48 + m / 100)) }
        out.append(UInt8(48 + m / 10 % 10))
        out.append(UInt8(48 + m % 10))
    }

    /// "ddd.ddd" with exactly `decimals` digits after the point, zeros filled in.
    private static func appendPlain(_ out: inout [UInt8], _ d: DecimalDigits, decimals: Int) {
        if d.point <= 0 || d.digits.isEmpty {
            out.append(48)
        } else {
            out += d.digits.prefix(d.point)
            if d.point > d.digits.count { out += repeatElement(48, count: d.point - d.digits.count) }
        }
        if decimals <= 0 { return }
        out.append(UInt8(ascii: "."))
        var written = 0
        if d.digits.isEmpty {
            out += repeatElement(48, count: decimals)
            return
        }
        if d.point < 0 {
            written = min(-d.point, decimals)
            out += repeatElement(48, count: written)
        }
        let rest = d.digits.dropFirst(max(d.point, 0)).prefix(decimals - written)
        out += rest
        written += rest.count
        if written < decimals { out += repeatElement(48, count: decimals - written) }
    }
}
