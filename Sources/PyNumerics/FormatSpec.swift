// The format mini-language: parsing a specification, and laying out numbers under it. No objects: text comes in as code
// points, goes out as ASCII bytes plus padding; the messages are complete, the exception type is the caller's.
// CPython: Python/formatter_unicode.c. Rules: Library Reference, "Format Specification Mini-Language".

/// A refused specification: ValueError with this text.
public struct FormatError: Error, Sendable, Equatable {
    public let message: String
    public init(_ message: String) { self.message = message }
}

public struct FormatSpec: Sendable, Equatable {
    public enum Align: UInt8, Sendable { case left = 60, right = 62, center = 94, afterSign = 61 }
    public enum Grouping: Sendable { case none, comma, underscore, underscoreFour }

    public var fill: UInt32 = 32
    /// nil: the type's default.
    public var align: Align?
    public var alternate = false
    /// '+', '-', ' ' or 0.
    public var sign: UInt8 = 0
    public var width = -1
    public var grouping = Grouping.none
    public var precision = -1
    /// The presentation type's code point; 0 if none was given.
    public var type: UInt32 = 0

    public init() {}

    /// Parses a whole specification.
    /// - Parameter decimal: what a code point beyond ASCII is worth as a decimal digit.
    public static func parse(
        _ text: some RandomAccessCollection<UInt32>, defaultType: UInt32 = 0, decimal: (UInt32) -> Int? = { _ in nil }
    ) throws(FormatError) -> FormatSpec {
        var spec = FormatSpec()
        spec.type = defaultType
        let s = Array(text)
        var i = 0
        func alignment(_ c: UInt32) -> Align? { c < 128 ? Align(rawValue: UInt8(c)) : nil }
        var fillGiven = false
        if s.count >= 2, let a = alignment(s[1]) {
            spec.align = a
            spec.fill = s[0]
            fillGiven = true
            i = 2
        } else if let first = s.first, let a = alignment(first) {
            spec.align = a
            i = 1
        }
        if i < s.count, s[i] == 43 || s[i] == 45 || s[i] == 32 {
            spec.sign = UInt8(s[i])
            i += 1
        }
        if i < s.count, s[i] == 35 {
            spec.alternate = true
            i += 1
        }
        if !fillGiven && i < s.count && s[i] == 48 {
            spec.fill = 48
            if spec.align == nil { spec.align = .afterSign }
            i += 1
        }
        if let width = try number(s, &i, decimal) { spec.width = width }
        if i < s.count, s[i] == 44 {
            spec.grouping = .comma
            i += 1
        }
        if i < s.count, s[i] == 95 {
            if spec.grouping != .none { throw FormatError("Cannot specify both ',' and '_'.") }
            spec.grouping = .underscore
            i += 1
        }
        if i < s.count, s[i] == 44 {
            if spec.grouping == .underscore { throw FormatError("Cannot specify both ',' and '_'.") }
        }
        if i < s.count, s[i] == 46 {
            i += 1
            guard let precision = try number(s, &i, decimal) else { throw FormatError("Format specifier missing precision") }
            spec.precision = precision
        }
        if s.count - i > 1 { throw FormatError("Invalid format specifier") }
        if i < s.count { spec.type = s[i] }
        try spec.checkGrouping()
        return spec
    }

    /// Digits at `i`; nil if none.
    private static func number(_ s: [UInt32], _ i: inout Int, _ decimal: (UInt32) -> Int?) throws(FormatError) -> Int? {
        let start = i
        var n = 0
        while i < s.count, let d = s[i] < 128 ? asciiDecimal(s[i]) : decimal(s[i]) {
            let (m, o1) = n.multipliedReportingOverflow(by: 10)
            let (a, o2) = m.addingReportingOverflow(d)
            if o1 || o2 { throw FormatError("Too many decimal digits in format string") }
            n = a
            i += 1
        }
        return i == start ? nil : n
    }

    private static func asciiDecimal(_ c: UInt32) -> Int? { c >= 48 && c <= 57 ? Int(c) - 48 : nil }

    private mutating func checkGrouping() throws(FormatError) {
        if grouping == .none { return }
        switch type {
        case 0x64, 0x65, 0x66, 0x67, 0x45, 0x47, 0x25, 0x46, 0: return  // d e f g E G % F
        case 0x62, 0x6F, 0x78, 0x58:  // b o x X: groups of four, underscores only.
            if grouping == .underscore {
                grouping = .underscoreFour
                return
            }
        default: break
        }
        let separator = grouping == .comma ? "," : "_"
        if type > 32 && type < 128 {
            throw FormatError("Cannot specify '\(separator)' with '\(Character(UnicodeScalar(UInt8(type))))'.")
        }
        throw FormatError("Cannot specify '\(separator)' with '\\x\(String(type, radix: 16))'.")
    }

    /// "Unknown format code 'q' for object of type 'int'"
    public static func unknown(_ code: UInt32, _ typeName: String) -> FormatError {
        if code > 32 && code < 128 {
            return FormatError("Unknown format code '\(Character(UnicodeScalar(UInt8(code))))' for object of type '\(typeName)'")
        }
        return FormatError("Unknown format code '\\x\(String(code, radix: 16))' for object of type '\(typeName)'")
    }
}

/// A formatted field: `left` fill characters, ASCII text, `right` fill characters. Fill after the sign is inside the
/// text if it is ASCII, else `innerAt` and `inner` say where it goes.
public struct FormattedField: Sendable, Equatable {
    public var left = 0
    public var text: [UInt8]
    public var right = 0
    public var fill: UInt32 = 32
    /// Fill characters to put in before `text[innerAt]`.
    public var inner = 0
    public var innerAt = 0

    public init(_ text: [UInt8]) { self.text = text }

    /// How many code points it comes to.
    public var count: Int { left + text.count + right + inner }

    /// The code points; for tests and the rare non-ASCII fill.
    public var codePoints: [UInt32] {
        var out = [UInt32](repeating: fill, count: left)
        out += text[..<innerAt].map(UInt32.init)
        out += [UInt32](repeating: fill, count: inner)
        out += text[innerAt...].map(UInt32.init)
        out += [UInt32](repeating: fill, count: right)
        return out
    }
}

/// Separators of the 'n' presentation, as the C locale's `localeconv` gives them; ASCII.
public struct NumericLocale: Sendable {
    public var point: [UInt8] = [46]
    public var separator: [UInt8] = []
    /// Sizes of digit groups from the right, the last repeating; a 0 or 127 ends grouping.
    public var grouping: [UInt8] = []
    public init() {}
}

extension FormatSpec {
    private var isNumberAlign: Align { align ?? .right }

    private func groupSizes(_ locale: NumericLocale?) -> (separator: [UInt8], sizes: [UInt8]) {
        if let locale { return (locale.separator, locale.grouping) }
        switch grouping {
        case .none: return ([], [])
        case .comma: return ([44], [3])
        case .underscore: return ([95], [3])
        case .underscoreFour: return ([95], [4])
        }
    }

    /// Sign, prefix, digits (grouped, zero-filled to the width if the fill is '0' after the sign), the rest; then padding.
    func layOut(
        negative: Bool, prefix: [UInt8], digits: ArraySlice<UInt8>, rest: ArraySlice<UInt8>, locale: NumericLocale?
    ) -> FormattedField {
        var lead: [UInt8] = []
        if negative {
            lead.append(45)
        } else if sign == 43 || sign == 32 {
            lead.append(sign)
        }
        lead += prefix
        let (separator, sizes) = groupSizes(locale)
        let zeroFill = align == .afterSign && fill == 48
        let minimum = zeroFill ? max(0, width - lead.count - rest.count) : 0
        // "inf" has no digits to group.
        let plain = sizes.isEmpty || separator.isEmpty || digits.isEmpty
        let grouped = plain ? digits : FormatSpec.group(digits, separator, sizes, minimum: minimum)[...]
        var field = FormattedField(lead + grouped + rest)
        field.fill = fill
        let padding = width - field.text.count
        if padding > 0 {
            switch isNumberAlign {
            case .left: field.right = padding
            case .right: field.left = padding
            case .center:
                field.left = padding / 2
                field.right = padding - padding / 2
            case .afterSign:
                if fill < 128 {
                    field.text.insert(contentsOf: repeatElement(UInt8(fill), count: padding), at: lead.count)
                } else {
                    field.inner = padding
                    field.innerAt = lead.count
                }
            }
        }
        return field
    }

    /// Digits in groups from the right; zeros go in front until the whole is at least `minimum` long, never ending in a
    /// separator at the front.
    static func group(_ digits: ArraySlice<UInt8>, _ separator: [UInt8], _ sizes: [UInt8], minimum: Int) -> [UInt8] {
        var reversed: [UInt8] = []
        var source = digits.reversed()[...]
        var left = source.count
        var width = minimum
        var index = 0
        var size = Int(sizes[0])
        var first = true
        while true {
            if !first {
                reversed += separator.reversed()
            }
            let useSize = size == 0 || size == 127 ? max(left, width, 1) : size
            let take = min(useSize, max(left, width, 1))
            let fromDigits = min(take, left)
            reversed += source.prefix(fromDigits)
            source = source.dropFirst(fromDigits)
            left -= fromDigits
            if take > fromDigits { reversed += repeatElement(48, count: take - fromDigits) }
            width -= take
            first = false
            if left <= 0 && width <= 0 { break }
            width -= separator.count
            if left <= 0 && width <= 0 && reversed.count >= minimum { break }
            if index + 1 < sizes.count {
                index += 1
                size = Int(sizes[index])
            }
        }
        return reversed.reversed()
    }

    // MARK: Numbers

    /// An int under `b c d n o x X` or no type. 'c' and the float types are the caller's.
    public func integer(_ digitsOf: (Int) -> (negative: Bool, digits: [UInt8]), locale: NumericLocale? = nil) throws(FormatError) -> FormattedField {
        if precision != -1 { throw FormatError("Precision not allowed in integer format specifier") }
        let base: Int, prefix: StaticString
        switch type {
        case 0x62: (base, prefix) = (2, "0b")
        case 0x6F: (base, prefix) = (8, "0o")
        case 0x78: (base, prefix) = (16, "0x")
        case 0x58: (base, prefix) = (16, "0X")
        default: (base, prefix) = (10, "")
        }
        var (negative, digits) = digitsOf(base)
        if type == 0x58 { for i in digits.indices where digits[i] >= 97 { digits[i] -= 32 } }
        let lead = alternate ? prefix.withUTF8Buffer { Array($0) } : []
        return layOut(negative: negative, prefix: lead, digits: digits[...], rest: [], locale: type == 0x6E ? locale ?? NumericLocale() : nil)
    }

    /// The code point of an int under 'c': checks the flags that do not go with it.
    public func checkCharacter() throws(FormatError) {
        if precision != -1 { throw FormatError("Precision not allowed in integer format specifier") }
        if sign != 0 { throw FormatError("Sign not allowed with integer format specifier 'c'") }
        if alternate { throw FormatError("Alternate form (#) not allowed with integer format specifier 'c'") }
    }

    /// The layout of one character, '?' standing for it.
    public func character() -> FormattedField { layOut(negative: false, prefix: [], digits: [63], rest: [], locale: nil) }

    /// A float under `e E f F g G n %` or no type.
    public func float(_ value: Double, locale: NumericLocale? = nil) throws(FormatError) -> FormattedField {
        if precision > 0x7FFF_FFFF { throw FormatError("precision too big") }
        var code = type < 128 ? UInt8(type) : 0
        var digits = precision
        var x = value
        var flags: FloatText.FormatFlags = alternate ? .alternate : []
        var percent = false
        switch code {
        case 0:
            // As str(), unless a precision makes it 'g' with a digit after the point kept.
            flags.insert(.addDotZero)
            code = digits < 0 ? UInt8(ascii: "r") : UInt8(ascii: "g")
            if digits < 0 { digits = 0 }
        case UInt8(ascii: "n"): code = UInt8(ascii: "g")
        case UInt8(ascii: "%"):
            code = UInt8(ascii: "f")
            x *= 100
            percent = true
        default: break
        }
        if digits < 0 { digits = 6 }
        var text = FloatText.format(x, type: code, precision: digits, flags: flags)
        let negative = text.first == 45
        if negative { text.removeFirst() }
        if percent { text.append(37) }
        return layOutFloat(negative, text[...], type == 0x6E ? locale ?? NumericLocale() : nil)
    }

    private func layOutFloat(_ negative: Bool, _ text: ArraySlice<UInt8>, _ locale: NumericLocale?) -> FormattedField {
        let end = text.firstIndex { $0 < 48 || $0 > 57 } ?? text.endIndex
        var rest = Array(text[end...])
        if let locale, rest.first == 46, locale.point != [46] { rest.replaceSubrange(0 ..< 1, with: locale.point) }
        return layOut(negative: negative, prefix: [], digits: text[..<end], rest: rest[...], locale: locale)
    }

    /// A complex: both parts under one type, no '%', no zero padding.
    public func complex(_ z: Complex, locale: NumericLocale? = nil) throws(FormatError) -> FormattedField {
        if fill == 48 { throw FormatError("Zero padding is not allowed in complex format specifier") }
        if align == .afterSign { throw FormatError("'=' alignment flag is not allowed in complex format specifier") }
        if precision > 0x7FFF_FFFF { throw FormatError("precision too big") }
        var code = type < 128 ? UInt8(type) : 0
        var digits = precision
        var parentheses = false, leaveRealOut = false
        switch code {
        case 0:
            code = digits < 0 ? UInt8(ascii: "r") : UInt8(ascii: "g")
            if digits < 0 { digits = 0 }
            if z.real == 0 && z.real.sign == .plus { leaveRealOut = true } else { parentheses = true }
        case UInt8(ascii: "n"): code = UInt8(ascii: "g")
        default: break
        }
        if digits < 0 { digits = 6 }
        let flags: FloatText.FormatFlags = alternate ? .alternate : []
        var part = self
        part.width = -1
        part.align = nil
        let numeric = type == 0x6E ? locale ?? NumericLocale() : nil
        func side(_ x: Double, _ spec: FormatSpec) -> [UInt8] {
            var text = FloatText.format(x, type: code, precision: digits, flags: flags)
            let negative = text.first == 45
            if negative { text.removeFirst() }
            return spec.layOutFloat(negative, text[...], numeric).text
        }
        var imaginary = part
        if !leaveRealOut { imaginary.sign = 43 }
        var text = leaveRealOut ? [] : side(z.real, part)
        text += side(z.imag, imaginary)
        text.append(106)
        if parentheses { text = [40] + text + [41] }
        var field = FormattedField(text)
        field.fill = fill
        let padding = width - text.count
        if padding > 0 {
            switch align ?? .right {
            case .left: field.right = padding
            case .center:
                field.left = padding / 2
                field.right = padding - padding / 2
            case .right, .afterSign: field.left = padding
            }
        }
        return field
    }
}
