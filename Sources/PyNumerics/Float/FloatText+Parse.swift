// Floats from text: Python's syntax, correctly rounded.
// CPython: PyOS_string_to_double, _Py_string_to_number_with_underscores; float_fromhex.

extension FloatText {
    /// `digits * 10^exponent`, digits ASCII; infinity on overflow. nil never happens for digits only.
    static func parseDecimal(digits: [UInt8], exponent: Int) -> Double? {
        // Clinger: up to 15 digits and a power of ten that is a double give one rounding.
        if digits.count <= 15 && exponent.magnitude <= 22 {
            var m: UInt64 = 0
            for c in digits { m = m &* 10 &+ UInt64(c &- 48) }
            var scale = 1.0
            for _ in 0 ..< exponent.magnitude { scale *= 10 }  // Exact up to 10^22.
            return exponent < 0 ? Double(m) / scale : Double(m) * scale
        }
        var text = String(decoding: digits, as: UTF8.self)
        text += "e"
        text += String(exponent)
        return Double(text)
    }

    /// A decimal number without blanks: sign, digits, point, exponent, `inf`, `infinity`, `nan` in any case.
    /// - Parameter underscores: whether single underscores between digits are allowed.
    /// - Returns: nil if the whole text is not a number. Overflow is an infinity, as `float('1e400')` has it.
    public static func parse(_ text: some RandomAccessCollection<UInt8>, underscores: Bool = true) -> Double? {
        let plain = text.withContiguousStorageIfAvailable(parsePlain)
        if let plain, let value = plain { return value }
        guard let (value, length) = parsePrefix(text, underscores: underscores), length == text.count else { return nil }
        return value
    }

    /// An everyday number: a sign, at most 15 digits, a point; one rounding is exact (Clinger). nil: something else.
    private static func parsePlain(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var i = 0
        let count = text.count
        if count == 0 || count > 18 { return nil }
        let negative = text[0] == UInt8(ascii: "-")
        if negative || text[0] == UInt8(ascii: "+") { i = 1 }
        var m: UInt64 = 0
        var digits = 0, decimals = 0, seenPoint = false
        while i < count {
            let c = text[i] &- 48
            if c < 10 {
                m = m &* 10 &+ UInt64(c)
                digits += 1
                if seenPoint { decimals += 1 }
            } else if text[i] == UInt8(ascii: ".") && !seenPoint {
                seenPoint = true
            } else {
                return nil
            }
            i += 1
        }
        if digits == 0 || digits > 15 { return nil }
        var scale = 1.0
        for _ in 0 ..< decimals { scale *= 10 }  // Exact up to 10^22.
        let value = Double(m) / scale
        return negative ? -value : value
    }

    public static func parse(_ text: String) -> Double? { parse(Array(text.utf8)) }

    /// The longest number at the start of `text` and its length; nil if none.
    public static func parsePrefix(_ text: some RandomAccessCollection<UInt8>, underscores: Bool = false) -> (Double, Int)? {
        let bytes = Array(text)
        var i = 0
        var negative = false
        if i < bytes.count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            negative = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        for (word, value) in [("infinity", Double.infinity), ("inf", .infinity), ("nan", .nan)] {
            if matches(bytes, i, word) { return (negative ? -value : value, i + word.utf8.count) }
        }
        var digits = [UInt8]()
        var exponent = 0, seen = false
        func digitRun(afterPoint: Bool) -> Bool {
            // An underscore stands between two digits only.
            while i < bytes.count {
                let c = bytes[i]
                if c >= 48 && c <= 57 {
                    if c != 48 || !digits.isEmpty { digits.append(c) }
                    if afterPoint { exponent -= 1 }
                    seen = true
                    i += 1
                } else if c == UInt8(ascii: "_") && underscores {
                    guard i > 0, isDigit(bytes[i - 1]), i + 1 < bytes.count, isDigit(bytes[i + 1]) else { return false }
                    i += 1
                } else {
                    break
                }
            }
            return true
        }
        if !digitRun(afterPoint: false) { return nil }
        if i < bytes.count, bytes[i] == UInt8(ascii: ".") {
            i += 1
            if !digitRun(afterPoint: true) { return nil }
        }
        if !seen { return nil }
        if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
            var j = i + 1
            var minus = false
            if j < bytes.count, bytes[j] == UInt8(ascii: "-") || bytes[j] == UInt8(ascii: "+") {
                minus = bytes[j] == UInt8(ascii: "-")
                j += 1
            }
            if j < bytes.count, isDigit(bytes[j]) {
                var e = 0
                while j < bytes.count {
                    if isDigit(bytes[j]) {
                        if e < 1 << 40 { e = e * 10 + Int(bytes[j] - 48) }
                    } else if bytes[j] == UInt8(ascii: "_"), underscores {
                        guard isDigit(bytes[j - 1]), j + 1 < bytes.count, isDigit(bytes[j + 1]) else { return nil }
                    } else {
                        break
                    }
                    j += 1
                }
                i = j
                exponent += minus ? -e : e
            }
        }
        while digits.last == 48 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { return (negative ? -0.0 : 0.0, i) }
        let value: Double
        // Where the first digit stands decides the hopeless cases without arithmetic.
        if exponent + digits.count > 310 {
            value = .infinity
        } else if exponent + digits.count < -330 {
            value = 0
        } else {
            value = parseDecimal(digits: digits, exponent: exponent) ?? .infinity
        }
        return (negative ? -value : value, i)
    }

    private static func isDigit(_ c: UInt8) -> Bool { c >= 48 && c <= 57 }

    private static func matches(_ bytes: [UInt8], _ at: Int, _ word: String) -> Bool {
        var i = at
        for c in word.utf8 {
            guard i < bytes.count, bytes[i] | 0x20 == c else { return false }
            i += 1
        }
        return true
    }

    /// `float.hex()`.
    public static func hex(_ x: Double) -> String {
        if x.isNaN { return "nan" }
        if x.isInfinite { return x < 0 ? "-inf" : "inf" }
        let sign = x.sign == .minus ? "-" : ""
        if x == 0 { return sign + "0x0.0p+0" }
        let lead = x.isNormal ? "1" : "0"
        let e = x.isNormal ? Int(x.exponent) : -1022
        let fraction = String(x.significandBitPattern, radix: 16)
        let padding = String(repeating: "0", count: 13 - fraction.utf8.count)
        return "\(sign)0x\(lead).\(padding)\(fraction)p\(e < 0 ? "-" : "+")\(e.magnitude)"
    }

    public enum HexResult: Sendable {
        case value(Double)
        /// ValueError: "invalid hexadecimal floating-point string"
        case invalid
        /// OverflowError: "hexadecimal value too large to represent as a float"
        case overflow
    }

    /// `float.fromhex`, ASCII blanks at both ends allowed.
    public static func parseHex(_ text: some RandomAccessCollection<UInt8>) -> HexResult {
        func blank(_ c: UInt8) -> Bool { c == 32 || (c >= 9 && c <= 13) }
        var bytes = Array(text.drop(while: blank))
        while let c = bytes.last, blank(c) { bytes.removeLast() }
        var i = 0, negative = false
        if i < bytes.count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            negative = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        for (word, value) in [("infinity", Double.infinity), ("inf", .infinity), ("nan", .nan)] {
            if matches(bytes, i, word) && i + word.utf8.count == bytes.count { return .value(negative ? -value : value) }
        }
        if i + 1 < bytes.count, bytes[i] == 48, bytes[i + 1] | 0x20 == UInt8(ascii: "x") { i += 2 }
        // Collect up to 64 significant bits, the rest sticky.
        var m: UInt64 = 0, sticky = false
        var exponent = 0, digits = 0, seenPoint = false
        while i < bytes.count {
            if bytes[i] == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if let d = BigInt.digitValue(bytes[i]), d < 16 {
                digits += 1
                if m >> 60 == 0 {
                    m = m << 4 | UInt64(d)
                    if seenPoint { exponent -= 4 }
                } else {
                    if d != 0 { sticky = true }
                    if !seenPoint { exponent += 4 }
                }
            } else {
                break
            }
            i += 1
        }
        if digits == 0 { return .invalid }
        if i < bytes.count {
            guard bytes[i] | 0x20 == UInt8(ascii: "p") else { return .invalid }
            i += 1
            var minus = false
            if i < bytes.count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
                minus = bytes[i] == UInt8(ascii: "-")
                i += 1
            }
            guard i < bytes.count else { return .invalid }
            var e = 0
            while i < bytes.count {
                guard isDigit(bytes[i]) else { return .invalid }
                if e < 1 << 50 { e = e * 10 + Int(bytes[i] - 48) }
                i += 1
            }
            exponent += minus ? -e : e
        }
        if m == 0 { return .value(negative ? -0.0 : 0.0) }
        let shift = m.leadingZeroBitCount
        m <<= UInt64(shift)
        if sticky { m |= 1 }
        if exponent > 2000 { return .overflow }
        if exponent < -4000 && exponent < -(1 << 40) { return .value(negative ? -0.0 : 0.0) }
        guard let x = BigInt.round(m, exponent: exponent - shift, isNegative: negative) else { return .overflow }
        return .value(x)
    }
}
