// `__format__` of the numbers: the specification's text in, a str out. The layout itself is PyNumerics' FormatSpec.
// CPython: Python/formatter_unicode.c.
import PyNumerics

extension VM {
    /// The specification as code points. - Throws: TypeError if it is no str.
    func specPoints(_ spec: Value) throws(Raised) -> [UInt32] {
        if !isStr(spec) { throw raise(.typeError, "__format__() argument must be str, not \(typeName(spec))") }
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
        do { spec = try FormatSpec.parse(points, defaultType: defaultType) } catch { throw raise(.valueError, error.message) }
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
