// Integers to and from text. What a literal or an argument of `int()` may look like beyond plain digits (sign, prefix,
// blanks) and the error messages are the caller's.
// CPython: long_to_decimal_string, PyLong_FromString in Objects/longobject.c.

extension BigInt: CustomStringConvertible {
    /// As Python prints it.
    public var description: String { text(base: 10) }

    /// Digits in lower case with a sign, no prefix; `2 <= base <= 36`.
    public func text(base: Int) -> String {
        if magnitude.isEmpty { return "0" }
        let capacity = Limbs.digitCapacity(magnitude.count, base: base) + 1
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            guard let out = buffer.baseAddress else { return 0 }
            var start = 0
            if isNegative {
                out[0] = UInt8(ascii: "-")
                start = 1
            }
            return start + withLimbs { Limbs.writeDigits(out + start, $0, $1, base: base) }
        }
    }

    /// The same as ASCII bytes.
    public func digits(base: Int, stop: Interruption? = nil) -> [UInt8] {
        let capacity = Limbs.digitCapacity(max(1, magnitude.count), base: base) + 1
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard let out = buffer.baseAddress else { return }
            var start = 0
            if isNegative {
                out[0] = UInt8(ascii: "-")
                start = 1
            }
            count = start + withLimbs { Limbs.writeDigits(out + start, $0, $1, base: base, stop: stop) }
        }
    }

    /// From ASCII digits of `base`, either case, single underscores between digits allowed; no sign, no prefix.
    /// - Returns: nil if there is anything else, or nothing.
    public init?(digits text: some Collection<UInt8>, base: Int) {
        var values = [UInt8]()
        values.reserveCapacity(text.count)
        var afterDigit = false
        for c in text {
            if c == UInt8(ascii: "_") {
                if !afterDigit { return nil }
                afterDigit = false
                continue
            }
            guard let d = BigInt.digitValue(c), d < base else { return nil }
            values.append(UInt8(d))
            afterDigit = true
        }
        if !afterDigit { return nil }
        self.init(digitValues: values, base: base)
    }

    /// From digit values, most significant first, each below `base`.
    public init(digitValues: [UInt8], base: Int, stop: Interruption? = nil) {
        let start = digitValues.firstIndex { $0 != 0 } ?? digitValues.count
        let count = digitValues.count - start
        if count == 0 {
            self = .zero
            return
        }
        self = BigInt.build(Limbs.limbCapacity(digits: count, base: base)) { r in
            digitValues.withUnsafeBufferPointer { p in
                guard let from = p.baseAddress else { return 0 }
                return Limbs.readDigits(r, from + start, count, base: base, stop: stop)
            }
        }
    }

    public init?(_ text: String) {
        let utf8 = Array(text.utf8)
        let negative = utf8.first == UInt8(ascii: "-")
        guard let m = BigInt(digits: negative ? utf8[1...] : utf8[...], base: 10) else { return nil }
        self = negative ? -m : m
    }

    /// 0 to 35 for an ASCII letter or digit.
    @inlinable public static func digitValue(_ c: UInt8) -> Int? {
        switch c {
        case 48 ... 57: Int(c) - 48
        case 97 ... 122: Int(c) - 87
        case 65 ... 90: Int(c) - 55
        default: nil
        }
    }
}
