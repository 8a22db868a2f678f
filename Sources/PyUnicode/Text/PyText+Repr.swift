// `repr(str)`: quotes and escapes. CPython: Objects/unicodeobject.c (unicode_repr).

extension PyText {
    /// What `repr` of the string shows (`ascii: true` for `ascii`).
    public func repr(ascii: Bool = false) -> PyText {
        var out: [UInt8] = []
        out.reserveCapacity(utf8.count + 2)
        PyText.appendRepr(of: self, ascii: ascii, to: &out)
        return PyText(utf8: out)
    }

    /// Appends `repr(text)` as UTF-8 to `out`.
    public static func appendRepr(of text: PyText, ascii: Bool = false, to out: inout [UInt8]) {
        var single = false, double = false
        for byte in text.utf8 {
            if byte == 0x27 { single = true } else if byte == 0x22 { double = true }
        }
        let quote: UInt8 = single && !double ? 0x22 : 0x27
        out.append(quote)
        for c in text.codePoints { appendEscaped(c, quote: quote, ascii: ascii, to: &out) }
        out.append(quote)
    }

    /// One character as `repr` shows it between `quote`s.
    public static func appendEscaped(_ c: UInt32, quote: UInt8, ascii: Bool, to out: inout [UInt8]) {
        switch c {
        case 0x5C:
            out.append(0x5C)
            out.append(0x5C)
        case 0x0A: out.append(0x5C); out.append(0x6E)
        case 0x0D: out.append(0x5C); out.append(0x72)
        case 0x09: out.append(0x5C); out.append(0x74)
        case UInt32(quote): out.append(0x5C); out.append(quote)
        case 0x20..<0x7F: out.append(UInt8(truncatingIfNeeded: c))
        default:
            if c >= 0x80 && !ascii && UCD.isPrintable(c) {
                append(c, to: &out)
            } else {
                appendHexEscape(c, to: &out)
            }
        }
    }

    /// `\x7f`, `\u2028` or `\U0010ffff`, the shortest that fits.
    public static func appendHexEscape(_ c: UInt32, to out: inout [UInt8]) {
        let (letter, width): (UInt8, UInt32) = c < 0x100 ? (0x78, 2) : c < 0x10000 ? (0x75, 4) : (0x55, 8)
        out.append(0x5C)
        out.append(letter)
        for i in 0..<width {
            let digit = UInt8(truncatingIfNeeded: c >> (4 * (width - 1 - i)) & 15)
            out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
