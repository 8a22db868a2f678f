// Doubles as decimal text for marshal's versions 0 and 1: 17 significant digits, exact, round half even.
// CPython: `PyOS_double_to_string(x, 'g', 17, 0)`.

enum FloatText {
    static func seventeenDigits(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let sign = value.sign == .minus ? "-" : ""
        if value == 0 { return sign + "0" }
        var (digits, exponent) = decimal(value.magnitude)
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        let text = digits.map { Character(UnicodeScalar($0 + 48)) }
        if exponent < -4 || exponent >= 17 {
            let mantissa = text.count == 1 ? String(text) : String(text[0]) + "." + String(text[1...])
            let size = abs(exponent)
            return sign + mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + String(size)
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + String(text) }
        if text.count <= exponent + 1 {
            return sign + String(text) + String(repeating: "0", count: exponent + 1 - text.count)
        }
        return sign + String(text[0...exponent]) + "." + String(text[(exponent + 1)...])
    }

    /// Seventeen digits and the exponent of the first, by exact arithmetic on decimal digits.
    private static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        // value = significand * 2^power, the significand an integer below 2^53.
        let bits = value.bitPattern
        let biased = Int(bits >> 52) & 0x7FF
        let significand = biased == 0 ? bits & (1 << 52 - 1) : bits & (1 << 52 - 1) | 1 << 52
        let power = (biased == 0 ? 1 : biased) - 1075
        var digits = String(significand).utf8.map { $0 - 48 }
        var point = digits.count
        // Times two: carry from the right. Half: times five, one place down.
        for _ in 0..<abs(power) {
            let factor: UInt8 = power > 0 ? 2 : 5
            var carry: UInt8 = 0
            for index in digits.indices.reversed() {
                let product = digits[index] * factor + carry
                digits[index] = product % 10
                carry = product / 10
            }
            if carry > 0 {
                digits.insert(carry, at: 0)
                point += 1
            }
            if power < 0 { point -= 1 }
        }
        return rounded(digits, point)
    }

    private static func rounded(_ all: [UInt8], _ point: Int) -> (digits: [UInt8], exponent: Int) {
        var exponent = point - 1
        guard all.count > 17 else { return (all, exponent) }
        var digits = Array(all[..<17])
        let isTie = all[17] == 5 && all[18...].allSatisfy { $0 == 0 }
        guard isTie ? digits[16] % 2 == 1 : all[17] >= 5 else { return (digits, exponent) }
        var index = 16
        while index >= 0 {
            if digits[index] < 9 {
                digits[index] += 1
                return (digits, exponent)
            }
            digits[index] = 0
            index -= 1
        }
        digits.insert(1, at: 0)
        digits.removeLast()
        exponent += 1
        return (digits, exponent)
    }
}
