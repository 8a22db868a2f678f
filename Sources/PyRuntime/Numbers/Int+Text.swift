// Ints to and from text: repr, hex and friends, `int("...", base)`, the digit limit of 3.10.7 and later.
// CPython: long_to_decimal_string_internal, PyLong_FromString in Objects/longobject.c; _PyUnicode_TransformDecimalAndSpaceToASCII.
import PyNumerics
import PyUnicode

extension VM {
    /// `sys.get_int_max_str_digits()`: 0 = no limit.
    public var intMaxStrDigits: Int {
        get { state.pointee.intMaxStrDigitsLess4300 + 4300 }
        nonmutating set { state.pointee.intMaxStrDigitsLess4300 = newValue - 4300 }
    }

    /// Decimal text. - Throws: ValueError past the digit limit. - Precondition: `isInt(value)`.
    func intText(_ value: Value) throws(Raised) -> Value {
        if let n = machineInt(value) { return intText(machine: n) }
        return str(utf8: try decimalDigits(value))
    }

    @inline(__always) func intText(machine n: Int) -> Value {
        if n >= 0 && n < 10 { return latin1(UInt8(48 + n)) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            guard let p = buffer.baseAddress else { return emptyStr }
            var start = 0
            if n < 0 {
                p[0] = UInt8(ascii: "-")
                start = 1
            }
            let count = start + Limbs.writeWord(p + start, UInt64(n.magnitude), base: 10)
            return str(utf8: UnsafeBufferPointer(start: p, count: count))
        }
    }

    /// ASCII with sign.
    func decimalDigits(_ value: Value) throws(Raised) -> [UInt8] {
        let limit = intMaxStrDigits
        // A quick look before a long conversion: 3.32 bits a digit.
        if limit > 0 && bitWidth(value) / 4 > max(limit, 640) { throw raiseDigitLimit(limit) }
        let digits = bitWidth(value) < 1 << 17 ? bigInt(value).digits(base: 10) : try interruptibly { bigInt(value).digits(base: 10, stop: $0) }
        if limit > 0 && digits.count - (isNegativeInt(value) ? 1 : 0) > max(limit, 640) { throw raiseDigitLimit(limit) }
        return digits
    }

    private func raiseDigitLimit(_ limit: Int) -> Raised {
        raise(
            .valueError,
            "Exceeds the limit (\(limit)) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit")
    }

    /// `bin`, `oct`, `hex`: with sign and prefix. - Precondition: `isInt(value)`.
    func intText(_ value: Value, base: Int, prefix: StaticString) -> Value {
        let n = bigInt(value)
        var out: [UInt8] = n.isNegative ? [UInt8(ascii: "-")] : []
        prefix.withUTF8Buffer { out += $0 }
        out += n.absolute.digits(base: base)
        return str(utf8: out)
    }

    // MARK: Parsing

    /// A str as ASCII, which stays as it is: other blanks as " ", decimal digits of any script as "0"..."9", anything else beyond ASCII as "?".
    func asciiNumber(_ text: PyStr) -> [UInt8] {
        if text.isASCII { return Array(UnsafeBufferPointer(start: text.bytes, count: text.count)) }
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        for i in 0..<text.count {
            let c = text[i]
            if c < 127 {
                out.append(UInt8(c))
            } else if UCD.isSpace(c) {
                out.append(32)
            } else if let d = UCD.decimal(c) {
                out.append(UInt8(48 + d))
            } else {
                out.append(UInt8(ascii: "?"))
            }
        }
        return out
    }

    /// `int(text, base)`; `source` is what the message shows.
    func parseInt(_ text: [UInt8], base: Int, source: Value) throws(Raised) -> Value {
        switch IntSyntax.parse(text, base: base, digitLimit: intMaxStrDigits, stop: text.count < 1 << 15 ? nil : interruption()) {
        case .machine(let n): return int(n)
        case .big(let n): return try int(n)
        case .interrupted: throw Raised()
        case .invalid: throw raise(.valueError, "invalid literal for int() with base \(base): \(String(try reprText(source).unicodeScalars.prefix(200)))")
        case .tooManyDigits(let count):
            throw raise(
                .valueError,
                "Exceeds the limit (\(intMaxStrDigits)) for integer string conversion: value has \(count) digits; use sys.set_int_max_str_digits() to increase the limit")
        }
    }
}

/// The syntax of `int()`'s argument.
enum IntSyntax {
    enum Result {
        case machine(Int)
        case big(BigInt)
        case invalid
        case interrupted
        case tooManyDigits(Int)
    }

    @inline(__always) static func isBlank(_ c: UInt8) -> Bool { c == 32 || (c >= 9 && c <= 13) }

    static func parse(_ text: [UInt8], base: Int, digitLimit: Int, stop: Interruption? = nil) -> Result {
        var i = 0, end = text.count
        while i < end && isBlank(text[i]) { i += 1 }
        while end > i && isBlank(text[end - 1]) { end -= 1 }
        var negative = false
        if i < end, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
            negative = text[i] == UInt8(ascii: "-")
            i += 1
        }
        var base = base
        var zeroOnly = false
        if base == 0 {
            if i + 1 < end && text[i] == 48 {
                switch text[i + 1] | 0x20 {
                case UInt8(ascii: "x"): base = 16
                case UInt8(ascii: "o"): base = 8
                case UInt8(ascii: "b"): base = 2
                default:
                    // "0123" is not a literal, "000" is.
                    base = 10
                    zeroOnly = true
                }
            } else {
                base = 10
            }
        }
        if i + 1 < end && text[i] == 48 {
            let letter = text[i + 1] | 0x20
            if (base == 16 && letter == UInt8(ascii: "x")) || (base == 8 && letter == UInt8(ascii: "o")) || (base == 2 && letter == UInt8(ascii: "b")) {
                i += 2
                if i < end && text[i] == UInt8(ascii: "_") { i += 1 }
            }
        }
        if let n = machine(text, i, end, base) {
            if zeroOnly && n != 0 { return .invalid }
            return .machine(negative ? -n : n)
        }
        guard let values = digits(text, i, end, base) else { return .invalid }
        if zeroOnly && values.contains(where: { $0 != 0 }) { return .invalid }
        if base & (base - 1) != 0 && digitLimit > 0 && values.count > max(640, digitLimit) { return .tooManyDigits(values.count) }
        let n = BigInt(digitValues: values, base: base, stop: stop)
        if let stop, stop.isStopped { return .interrupted }
        return .big(negative ? -n : n)
    }

    /// Up to 18 plain digits; nil if it takes more care.
    private static func machine(_ text: [UInt8], _ start: Int, _ end: Int, _ base: Int) -> Int? {
        if start >= end || end - start > 18 || base > 10 { return nil }
        var n = 0
        for k in start..<end {
            let d = Int(text[k]) - 48
            if d < 0 || d >= base { return nil }
            n = n * base + d
        }
        return n
    }

    private static func digits(_ text: [UInt8], _ start: Int, _ end: Int, _ base: Int) -> [UInt8]? {
        var values: [UInt8] = []
        values.reserveCapacity(end - start)
        var afterDigit = false
        for k in start..<end {
            let c = text[k]
            if c == UInt8(ascii: "_") {
                if !afterDigit { return nil }
                afterDigit = false
                continue
            }
            guard let d = BigInt.digitValue(c), d < base else { return nil }
            values.append(UInt8(d))
            afterDigit = true
        }
        return afterDigit ? values : nil
    }
}
