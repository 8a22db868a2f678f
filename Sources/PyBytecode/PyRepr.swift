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
}
