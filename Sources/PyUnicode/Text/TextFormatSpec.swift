// The format mini-language's specification, parsed: `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
// For str; numbers have their own in PyNumerics. CPython: Python/formatter_unicode.c. Rules: Library Reference, string, 6.1.3.1.

public struct TextFormatSpec: Sendable {
    /// Why a specification is refused; the caller raises ValueError.
    public enum Failure: Error, Sendable, Equatable {
        /// "Invalid format specifier"
        case invalid
        /// "Too many decimal digits in format string"
        case tooManyDigits
        /// "Format specifier missing precision"
        case missingPrecision
        /// "Cannot specify both ',' and '_'."
        case bothSeparators
        /// "Cannot specify ',' with 's'." — separator, type.
        case separatorWith(UInt32, UInt32)

        public var message: String {
            switch self {
            case .invalid: return "Invalid format specifier"
            case .tooManyDigits: return "Too many decimal digits in format string"
            case .missingPrecision: return "Format specifier missing precision"
            case .bothSeparators: return "Cannot specify both ',' and '_'."
            case .separatorWith(let separator, let type):
                let comma = separator == 0x2C ? "," : "_"
                if type > 32 && type < 128 {
                    return "Cannot specify '\(comma)' with '\(Character(Unicode.Scalar(UInt8(type))))'."
                }
                return "Cannot specify '\(comma)' with '\\x\(String(type, radix: 16))'."
            }
        }
    }

    public var fill: UInt32 = 0x20
    /// `<`, `>`, `=` or `^`.
    public var align: UInt32
    public var hasAlign = false
    public var hasFill = false
    /// `+`, `-`, space; 0 if none.
    public var sign: UInt32 = 0
    public var alternate = false
    public var zeroPadded = false
    /// -1 if none.
    public var width = -1
    /// `,` or `_`; 0 if none.
    public var grouping: UInt32 = 0
    /// -1 if none.
    public var precision = -1
    public var type: UInt32

    /// - Parameters: defaultType: used if the specification names none; defaultAlign: `<` for text, `>` for numbers.
    public init(_ text: TextView, defaultType: UInt32, defaultAlign: UInt32) throws(Failure) {
        align = defaultAlign
        type = defaultType
        var at = 0
        let end = text.count
        func isAlign(_ c: UInt32) -> Bool { c == 0x3C || c == 0x3E || c == 0x3D || c == 0x5E }
        if end >= 2 && isAlign(text[1]) {
            fill = text[0]
            align = text[1]
            (hasFill, hasAlign) = (true, true)
            at = 2
        } else if end >= 1 && isAlign(text[0]) {
            align = text[0]
            hasAlign = true
            at = 1
        }
        if at < end, text[at] == 0x2B || text[at] == 0x2D || text[at] == 0x20 {
            sign = text[at]
            at += 1
        }
        if at < end, text[at] == 0x23 {
            alternate = true
            at += 1
        }
        // A zero before the width: fill with zeros, after the sign unless an alignment is given.
        if !hasFill, at < end, text[at] == 0x30 {
            fill = 0x30
            zeroPadded = true
            if !hasAlign && defaultAlign == 0x3E { align = 0x3D }
            at += 1
        }
        width = try TextFormatSpec.number(text, &at)
        if at < end, text[at] == 0x2C {
            grouping = 0x2C
            at += 1
        }
        if at < end, text[at] == 0x5F {
            if grouping != 0 { throw .bothSeparators }
            grouping = 0x5F
            at += 1
        }
        if at < end, text[at] == 0x2C, grouping == 0x5F { throw .bothSeparators }
        if at < end, text[at] == 0x2E {
            at += 1
            precision = try TextFormatSpec.number(text, &at)
            if precision < 0 { throw .missingPrecision }
        }
        if end - at > 1 { throw .invalid }
        if at < end { type = text[at] }
        guard grouping != 0 else { return }
        switch type {
        case 0x64, 0x65, 0x66, 0x67, 0x45, 0x47, 0x25, 0x46, 0: break
        case 0x62 where grouping == 0x5F, 0x6F where grouping == 0x5F, 0x78 where grouping == 0x5F, 0x58 where grouping == 0x5F: break
        default: throw .separatorWith(grouping, type)
        }
    }

    /// A run of decimal digits (any script's), -1 if there is none.
    private static func number(_ text: TextView, _ at: inout Int) throws(Failure) -> Int {
        let start = at
        var value = 0
        while at < text.count, let digit = UCD.decimal(text[at]) {
            let (product, a) = value.multipliedReportingOverflow(by: 10)
            let (sum, b) = product.addingReportingOverflow(digit)
            if a || b { throw .tooManyDigits }
            value = sum
            at += 1
        }
        return at == start ? -1 : value
    }
}
