// `repr()` of constants, as `ast.dump`, `ast.unparse` and `dis` print them.
// CPython: Objects/{unicode,bytes,float,complex,tuple,set}object.c (their repr functions).
import PyNumerics
import PyUnicode

extension Literal {
    /// `repr()` of the value, in ASCII-compatible UTF-8.
    public var pythonRepr: [UInt8] {
        var out: [UInt8] = []
        appendRepr(to: &out)
        return out
    }

    func appendRepr(to out: inout [UInt8]) {
        switch self {
        case .none: out.append(contentsOf: "None".utf8)
        case .ellipsis: out.append(contentsOf: "Ellipsis".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "True" : "False").utf8)
        case .int(let value): out.append(contentsOf: String(value).utf8)
        case .bigInt(let value): out.append(contentsOf: value.description.utf8)
        case .float(let bits): FloatText.append(Double(bitPattern: bits), pointZero: true, to: &out)
        case .complex(let real, let imaginary):
            FloatText.appendComplex(Double(bitPattern: real), Double(bitPattern: imaginary), to: &out)
        case .str(let text): text.appendPythonRepr(to: &out)
        case .bytes(let bytes): QuotedText.append(bytes: bytes, to: &out)
        case .tuple(let items):
            out.append(0x28)
            Self.append(items, to: &out)
            if items.count == 1 { out.append(0x2C) }
            out.append(0x29)
        case .frozenset(let items):
            out.append(contentsOf: "frozenset(".utf8)
            if !items.isEmpty {
                out.append(0x7B)
                Self.append(items, to: &out)
                out.append(0x7D)
            }
            out.append(0x29)
        }
    }

    private static func append(_ items: [Literal], to out: inout [UInt8]) {
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(contentsOf: ", ".utf8) }
            item.appendRepr(to: &out)
        }
    }
}

/// Float text in Python's format: the shortest digits that read back, an exponent below 1e-4 and from 1e16 on.
enum FloatText {
    static func append(_ value: Double, pointZero: Bool, to out: inout [UInt8]) {
        if value.isNaN { return out.append(contentsOf: "nan".utf8) }
        if value.sign == .minus { out.append(0x2D) }
        let magnitude = value.magnitude
        if magnitude.isInfinite { return out.append(contentsOf: "inf".utf8) }
        let (digits, point) = shortestDigits(magnitude)
        let exponent = point - 1
        if exponent < -4 || exponent >= 16 {
            out.append(digits[0])
            if digits.count > 1 {
                out.append(0x2E)
                out.append(contentsOf: digits[1...])
            }
            out.append(contentsOf: (exponent < 0 ? "e-" : "e+").utf8)
            let text = String(abs(exponent))
            if text.utf8.count < 2 { out.append(0x30) }
            out.append(contentsOf: text.utf8)
        } else if point <= 0 {
            out.append(contentsOf: "0.".utf8)
            out.append(contentsOf: repeatElement(0x30, count: -point))
            out.append(contentsOf: digits)
        } else {
            out.append(contentsOf: digits.prefix(point))
            if digits.count > point {
                out.append(0x2E)
                out.append(contentsOf: digits[point...])
            } else {
                out.append(contentsOf: repeatElement(0x30, count: point - digits.count))
                if pointZero { out.append(contentsOf: ".0".utf8) }
            }
        }
    }

    /// `repr()` of a complex: parts without `.0`, parenthesised unless the real part is a positive zero.
    static func appendComplex(_ real: Double, _ imaginary: Double, to out: inout [UInt8]) {
        if real == 0, real.sign == .plus {
            append(imaginary, pointZero: false, to: &out)
            out.append(0x6A)
            return
        }
        out.append(0x28)
        append(real, pointZero: false, to: &out)
        if imaginary.sign == .plus || imaginary.isNaN { out.append(0x2B) }
        append(imaginary, pointZero: false, to: &out)
        out.append(contentsOf: "j)".utf8)
    }

    /// The shortest digits `d` and the point `p` with value = 0.d × 10^p. Swift's `description` is the shortest text too.
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        var text = Substring(value.description)
        if let e = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            exponent = Int(text[text.index(after: e)...]) ?? 0
            text = text[..<e]
        }
        for byte in text.utf8 {
            if byte == 0x2E { point = digits.count } else { digits.append(byte) }
        }
        var place = (point ?? digits.count) + exponent
        let zeros = digits.prefix { $0 == 0x30 }.count
        digits.removeFirst(zeros)
        place -= zeros
        while digits.last == 0x30 { digits.removeLast() }
        return digits.isEmpty ? ([0x30], 1) : (digits, place)
    }
}

/// Quoting and escaping of `str` and `bytes`.
enum QuotedText {
    /// `'`, or `"` if the text has `'` and no `"`.
    static func quote(for bytes: [UInt8]) -> UInt8 {
        bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
    }

    static func append(bytes: [UInt8], to out: inout [UInt8]) {
        let quote = quote(for: bytes)
        out.append(0x62)
        out.append(quote)
        for byte in bytes {
            if !appendSimple(byte, quote: quote, to: &out) { appendHex(UInt32(byte), digits: 2, letter: 0x78, to: &out) }
        }
        out.append(quote)
    }

    /// Printable ASCII and the short escapes; false if the byte needs a numeric escape or is not ASCII.
    static func appendSimple(_ byte: UInt8, quote: UInt8, to out: inout [UInt8]) -> Bool {
        switch byte {
        case quote, 0x5C: out.append(contentsOf: [0x5C, byte])
        case 0x0A: out.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: out.append(contentsOf: [0x5C, 0x72])
        case 0x09: out.append(contentsOf: [0x5C, 0x74])
        case 0x20...0x7E: out.append(byte)
        default: return false
        }
        return true
    }

    static func appendHex(_ value: UInt32, digits: Int, letter: UInt8, to out: inout [UInt8]) {
        out.append(0x5C)
        out.append(letter)
        for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: (value >> UInt32(shift)) & 15)
            out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

extension PyText {
    /// Appends `repr()` of the text as a `str`: lone surrogates and what is not printable are escaped.
    public func appendPythonRepr(to out: inout [UInt8]) {
        let quote = QuotedText.quote(for: utf8)
        out.append(quote)
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            if byte < 0x80 {
                if !QuotedText.appendSimple(byte, quote: quote, to: &out) {
                    QuotedText.appendHex(UInt32(byte), digits: 2, letter: 0x78, to: &out)
                }
                index += 1
                continue
            }
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let end = min(index + length, utf8.count)
            var code = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for next in utf8[(index + 1)..<end] { code = code << 6 | UInt32(next & 0x3F) }
            if CodePoint.isPrintable(code) {
                out.append(contentsOf: utf8[index..<end])
            } else if code < 0x100 {
                QuotedText.appendHex(code, digits: 2, letter: 0x78, to: &out)
            } else if code < 0x10000 {
                QuotedText.appendHex(code, digits: 4, letter: 0x75, to: &out)
            } else {
                QuotedText.appendHex(code, digits: 8, letter: 0x55, to: &out)
            }
            index = end
        }
        out.append(quote)
    }
}
