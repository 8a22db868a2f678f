// `str.__format__`. The specification's syntax is PyUnicode's TextFormatSpec. CPython: Python/formatter_unicode.c (format_string_internal).
import PyUnicode

extension VM {
    /// Parses a format specification for `typeText` ("str"), raising ValueError.
    func textFormatSpec(_ spec: PyStr, defaultType: UInt32, defaultAlign: UInt32) throws(Raised) -> TextFormatSpec {
        do { return try TextFormatSpec(spec.view, defaultType: defaultType, defaultAlign: defaultAlign) } catch {
            throw raise(.valueError, error.message)
        }
    }

    func unknownFormatCode(_ type: UInt32, _ typeText: String) -> Raised {
        if type > 32 && type < 128 {
            return raise(.valueError, "Unknown format code '\(Character(Unicode.Scalar(UInt8(type))))' for object of type '\(typeText)'")
        }
        return raise(.valueError, "Unknown format code '\\x\(String(type, radix: 16))' for object of type '\(typeText)'")
    }

    func strFormatWithSpec(_ text: PyStr, _ spec: PyStr) throws(Raised) -> Value {
        if spec.count == 0 { return isExactStr(text.value) ? text.value : try str(of: text.value) }
        let f = try textFormatSpec(spec, defaultType: 0x73, defaultAlign: 0x3C)
        guard f.type == 0x73 else { throw unknownFormatCode(f.type, typeName(text.value)) }
        if f.sign != 0 {
            let what = f.sign == 0x20 ? "Space" : "Sign"
            throw raise(.valueError, "\(what) not allowed in string format specifier")
        }
        if f.alternate { throw raise(.valueError, "Alternate form (#) not allowed in string format specifier") }
        if f.align == 0x3D { throw raise(.valueError, "'=' alignment not allowed in string format specifier") }
        let count = f.precision >= 0 ? min(f.precision, text.count) : text.count
        let body = PyStr(try substring(text, 0, count))
        if f.width <= count { return try exactStr(body) }
        let margin = f.width - count
        switch f.align {
        case 0x3E: return try strPad(body, margin, 0, f.fill)
        case 0x5E: return try strPad(body, margin / 2, margin - margin / 2, f.fill)
        default: return try strPad(body, 0, margin, f.fill)
        }
    }
}
