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
        case .float(let bits):
            out.append(contentsOf: FloatText.reprBytes(Double(bitPattern: bits), addDotZero: true))
        case .complex(let real, let imaginary):
            let value = Complex(Double(bitPattern: real), Double(bitPattern: imaginary))
            out.append(contentsOf: value.description.utf8)
        case .str(let text): PyText.appendRepr(of: text, to: &out)
        case .bytes(let bytes): Self.append(bytes: bytes, to: &out)
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

    private static func append(bytes: [UInt8], to out: inout [UInt8]) {
        let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
        out.append(0x62)
        out.append(quote)
        for byte in bytes { PyText.appendEscaped(UInt32(byte), quote: quote, ascii: true, to: &out) }
        out.append(quote)
    }

    private static func append(_ items: [Literal], to out: inout [UInt8]) {
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(contentsOf: ", ".utf8) }
            item.appendRepr(to: &out)
        }
    }
}
