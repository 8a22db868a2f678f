// `__format__` of the numbers: the specification's text in, a str out. The layout itself is PyNumerics' FormatSpec.
// CPython: Python/formatter_unicode.c.
import PyNumerics
import PyUnicode

// MARK: - Everyday specifications
//
// `[[0]width][.precision][d|f|x|s]` with `<`, `>` or `^` in front, of plain int, float and str, are laid out without anything
// in between; everything else goes the long way below.

/// A specification of this kind; ASCII only, fill a space or, for `0width`, a zero behind the sign.
private struct PlainSpec {
    var align: UInt8 = 0
    var zero = false
    var width = 0
    var precision = -1
    var type: UInt8 = 0

    /// nil: not of this kind.
    init?(_ text: PyStr) {
        let n = text.count
        if !text.isASCII || n == 0 || n > 12 { return nil }
        let p = text.bytes
        var i = 0
        if p[0] == UInt8(ascii: "<") || p[0] == UInt8(ascii: ">") || p[0] == UInt8(ascii: "^") {
            align = p[0]
            i = 1
        }
        if i < n && p[i] == UInt8(ascii: "0") {
            if align != 0 { return nil }
            zero = true
            i += 1
        }
        while i < n && p[i] &- 48 < 10 {
            width = width * 10 + Int(p[i] &- 48)
            i += 1
        }
        if i < n && p[i] == UInt8(ascii: ".") {
            i += 1
            let start = i
            precision = 0
            while i < n && p[i] &- 48 < 10 {
                precision = precision * 10 + Int(p[i] &- 48)
                i += 1
            }
            if i == start { return nil }
        }
        if i < n {
            type = p[i]
            i += 1
        }
        if i != n || width > 200 { return nil }
    }
}

extension VM {
    /// `format(value, spec)` of an exact float, small int or exact str under an everyday specification; NULL: go the long way.
    @inline(never) func formatPlain(_ value: Value, _ text: PyStr) throws(Raised) -> Value {
        guard value.isDouble || value.isSmallInt || isExactStr(value), let spec = PlainSpec(text) else { return .null }
        if value.isObject {
            let body = PyStr(value)
            if spec.zero || spec.precision >= 0 || (spec.type != 0 && spec.type != UInt8(ascii: "s")) || !body.isASCII { return .null }
            return try field(UnsafePointer(body.bytes), body.count, negative: false, spec, right: false)
        }
        if value.isDouble {
            if spec.type != UInt8(ascii: "f") { return .null }
            return try formatFixed(value.double, spec)
        }
        let base = spec.type == UInt8(ascii: "x") ? 16 : spec.type == 0 || spec.type == UInt8(ascii: "d") ? 10 : 0
        if spec.precision >= 0 || base == 0 { return .null }
        let n = value.smallInt
        return try withDigits { p throws(Raised) in
            try field(p, Limbs.writeWord(p, UInt64(n.magnitude), base: base), negative: n < 0, spec, right: true)
        }
    }

    private func formatFixed(_ x: Double, _ spec: PlainSpec) throws(Raised) -> Value {
        try withDigits { p throws(Raised) in
            let count = FloatText.writeFixed(p, x.magnitude, precision: spec.precision < 0 ? 6 : spec.precision)
            return count == 0 ? .null : try field(p, count, negative: x.sign == .minus, spec, right: true)
        }
    }

    private func withDigits(_ body: (UnsafeMutablePointer<UInt8>) throws(Raised) -> Value) throws(Raised) -> Value {
        var room: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
        return try withUnsafeMutablePointer(to: &room) { raw throws(Raised) in
            // Safe: 72 bytes, more than any digits here; only bytes are written.
            try raw.withMemoryRebound(to: UInt8.self, capacity: 72) { p throws(Raised) in try body(p) }
        }
    }

    /// The body in its field. The bytes are outside the heap, or of a string that the caller holds. May collect.
    private func field(
        _ body: UnsafePointer<UInt8>, _ count: Int, negative: Bool, _ spec: PlainSpec, right: Bool
    ) throws(Raised) -> Value {
        let sign = negative ? 1 : 0
        let total = max(spec.width, count + sign)
        if total == 1 && count + sign == 1 { return str(codePoint: UInt32(negative ? UInt8(ascii: "-") : body[0])) }
        if total == 0 { return emptyStr }
        let margin = total - count - sign
        let left = spec.zero ? 0
            : spec.align == UInt8(ascii: "<") ? 0
            : spec.align == UInt8(ascii: "^") ? margin / 2
            : spec.align == UInt8(ascii: ">") || right ? margin : 0
        let result = try newStr(count: total, kind: 1, ascii: true)
        var p = result.bytes
        for _ in 0..<left {
            p.pointee = 0x20
            p += 1
        }
        if negative {
            p.pointee = UInt8(ascii: "-")
            p += 1
        }
        if spec.zero {
            for _ in 0..<margin {
                p.pointee = 0x30
                p += 1
            }
        }
        p.update(from: body, count: count)
        p += count
        if !spec.zero {
            for _ in 0..<(margin - left) {
                p.pointee = 0x20
                p += 1
            }
        }
        return result.value
    }
}

// MARK: - All specifications

extension VM {
    /// The specification as code points. - Throws: TypeError if it is no str.
    func specPoints(_ spec: Value) throws(Raised) -> [UInt32] {
        if !isStr(spec) { throw raise(.typeError, "__format__() argument must be str, not \(argumentTypeName(spec))") }
        let text = PyStr(spec)
        return [UInt32](unsafeUninitializedCapacity: text.count) { buffer, count in
            for i in 0..<text.count { buffer[i] = text[i] }
            count = text.count
        }
    }

    func str(_ field: FormattedField) throws(Raised) -> Value {
        if field.fill < 128 {
            let result = try newStr(count: field.count, kind: 1, ascii: true)
            let p = result.bytes
            let fill = UInt8(field.fill)
            var at = 0
            for _ in 0..<field.left {
                p[at] = fill
                at += 1
            }
            for c in field.text {
                p[at] = c
                at += 1
            }
            for _ in 0..<field.right {
                p[at] = fill
                at += 1
            }
            return result.value
        }
        let points = field.codePoints
        return try points.withUnsafeBufferPointer { p throws(Raised) in try str(codePoints: p) }
    }

    /// Runs a part of FormatSpec; its refusals are ValueErrors.
    func formatting(_ body: () throws(FormatError) -> FormattedField) throws(Raised) -> Value {
        let field: FormattedField
        do { field = try body() } catch { throw raise(.valueError, error.message) }
        try checkAllocation(field.count)
        return try str(field)
    }

    func parseSpec(_ points: [UInt32], defaultType: UInt32 = 0) throws(Raised) -> FormatSpec {
        let spec: FormatSpec
        do { spec = try FormatSpec.parse(points, defaultType: defaultType, decimal: UCD.decimal) } catch { throw raise(.valueError, error.message) }
        if spec.width > 1 << 40 || spec.precision > 1 << 40 { throw raiseMemoryError() }
        return spec
    }

    /// `int.__format__`. - Precondition: `isInt(value)`.
    public func formatInt(_ value: Value, _ spec: Value) throws(Raised) -> Value {
        let points = try specPoints(spec)
        if points.isEmpty { return value.isSmallInt || value.isExactly(types.int) ? try intText(value) : try str(of: value) }
        let parsed = try parseSpec(points, defaultType: 0x64)
        switch parsed.type {
        case 0x64, 0x6E:
            if parsed.precision != -1 { throw raise(.valueError, "Precision not allowed in integer format specifier") }
            // Through the digit limit.
            var digits = try decimalDigits(value)
            let negative = digits.first == 45
            if negative { digits.removeFirst() }
            return try formatting { () throws(FormatError) in try parsed.integer { _ in (negative, digits) } }
        case 0x62, 0x6F, 0x78, 0x58:
            let n = bigInt(value)
            return try formatting { () throws(FormatError) in try parsed.integer { (n.isNegative, n.absolute.digits(base: $0)) } }
        case 0x63: return try formatCharacter(value, parsed)
        case 0x65, 0x45, 0x66, 0x46, 0x67, 0x47, 0x25:
            let x = try intToDouble(value)
            return try formatting { () throws(FormatError) in try parsed.float(x) }
        default: throw raise(.valueError, FormatSpec.unknown(parsed.type, typeName(value)).message)
        }
    }

    private func formatCharacter(_ value: Value, _ spec: FormatSpec) throws(Raised) -> Value {
        do { try spec.checkCharacter() } catch { throw raise(.valueError, error.message) }
        guard let c = machineInt(value) else { throw raise(.overflowError, "Python int too large to convert to C long") }
        if c < 0 || c > 0x10FFFF { throw raise(.overflowError, "%c arg not in range(0x110000)") }
        let field = spec.character()
        try checkAllocation(field.count)
        var points = field.codePoints
        points[field.left + field.inner + field.text.count - 1] = UInt32(c)
        return try points.withUnsafeBufferPointer { p throws(Raised) in try str(codePoints: p) }
    }

    /// `float.__format__`.
    public func formatFloat(_ value: Value, _ spec: Value) throws(Raised) -> Value {
        let points = try specPoints(spec)
        if points.isEmpty { return try str(of: value) }
        let parsed = try parseSpec(points)
        switch parsed.type {
        case 0, 0x6E, 0x65, 0x45, 0x66, 0x46, 0x67, 0x47, 0x25:
            let x = floatValue(value)
            return try formatting { () throws(FormatError) in try parsed.float(x) }
        default: throw raise(.valueError, FormatSpec.unknown(parsed.type, typeName(value)).message)
        }
    }

    /// `complex.__format__`.
    public func formatComplex(_ value: Value, _ spec: Value) throws(Raised) -> Value {
        let points = try specPoints(spec)
        if points.isEmpty { return try str(of: value) }
        let parsed = try parseSpec(points)
        switch parsed.type {
        case 0, 0x6E, 0x65, 0x45, 0x66, 0x46, 0x67, 0x47:
            let z = complexValue(value)
            return try formatting { () throws(FormatError) in try parsed.complex(z) }
        default: throw raise(.valueError, FormatSpec.unknown(parsed.type, typeName(value)).message)
        }
    }
}
