// `repr()` of the values a code object holds, as `dis` and `show_code` print them. CPython: the `repr` functions of
// Objects/{bytes,tuple,set,code}object.c.
import PyNumerics
import PyUnicode

/// Python's `repr()` outside the runtime. Text is UTF-8 in the `surrogatepass` form.
public enum PyRepr {
    /// `b'...'`.
    public static func append(bytes: [UInt8], to out: inout [UInt8]) {
        let quote = bytes.contains(0x27) && !bytes.contains(0x22) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        out.append(UInt8(ascii: "b"))
        out.append(quote)
        for byte in bytes { PyText.appendEscaped(UInt32(byte), quote: quote, ascii: true, to: &out) }
        out.append(quote)
    }

    public static func string(bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        append(bytes: bytes, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// A constant. A frozenset's elements come in CPython's order, that of its hashes under PYTHONHASHSEED=0.
    public static func append(_ constant: Constant, to out: inout [UInt8]) {
        switch constant {
        case .none: out += "None".utf8
        case .ellipsis: out += "Ellipsis".utf8
        case .bool(let value): out += (value ? "True" : "False").utf8
        case .int(let value): out += String(value).utf8
        case .bigInt(let value): out += value.description.utf8
        case .float(let bits): out += FloatText.reprBytes(Double(bitPattern: bits), addDotZero: true)
        case .complex(let real, let imaginary):
            out += Complex(Double(bitPattern: real), Double(bitPattern: imaginary)).bytes
        case .str(let text): PyText.appendRepr(of: text, to: &out)
        case .bytes(let bytes): append(bytes: bytes, to: &out)
        case .tuple(let items):
            out.append(UInt8(ascii: "("))
            append(items, to: &out)
            if items.count == 1 { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: ")"))
        case .frozenset(let items):
            out += "frozenset(".utf8
            if !items.isEmpty {
                out.append(UInt8(ascii: "{"))
                append(SetOrder.listed(items), to: &out)
                out.append(UInt8(ascii: "}"))
            }
            out.append(UInt8(ascii: ")"))
        case .code(let code): append(code, to: &out)
        }
    }

    private static func append(_ items: [Constant], to out: inout [UInt8]) {
        for (index, item) in items.enumerated() {
            if index > 0 { out += ", ".utf8 }
            append(item, to: &out)
        }
    }

    /// `<code object f at 0x7f..., file "x.py", line 1>`. The address is made from the contents, the same in every run.
    public static func append(_ code: CodeObject, to out: inout [UInt8]) {
        out += "<code object ".utf8
        out += code.name.utf8
        out += " at 0x7f".utf8
        let address = String(standInAddress(code), radix: 16)
        out += repeatElement(UInt8(ascii: "0"), count: max(0, 10 - address.utf8.count))
        out += address.utf8
        out += ", file \"".utf8
        out += code.filename.utf8
        out += "\", line \(code.firstlineno)>".utf8
    }

    /// FNV-1a over name, place and code; 40 bits, a multiple of 16.
    private static func standInAddress(_ code: CodeObject) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        code.name.utf8.forEach(mix)
        mix(UInt8(truncatingIfNeeded: code.firstlineno))
        mix(UInt8(truncatingIfNeeded: code.firstlineno >> 8))
        code.code.forEach(mix)
        return hash & 0xFF_FFFF_FFF0
    }

    /// A constant as text; lone surrogates become U+FFFD.
    public static func string(_ constant: Constant) -> String {
        var out: [UInt8] = []
        append(constant, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
