// Character properties of Unicode 13.0 as CPython's `str` methods see them. Database fields (category, combining
// class, ...) are in UCD+Database.swift, case mappings in UCD+Case.swift.
// CPython: Objects/unicodectype.c.

/// The Unicode character database. Every function accepts any `UInt32`; above 0x10FFFF all answers are "no".
public enum UCD {
    /// `unicodedata.unidata_version`.
    public static var version: StaticString { "13.0.0" }

    /// Bits of a type record, in the generator's order.
    enum Flag {
        static var alpha: Int { 1 }
        static var decimal: Int { 1 << 1 }
        static var digit: Int { 1 << 2 }
        static var numeric: Int { 1 << 3 }
        static var space: Int { 1 << 4 }
        static var lineBreak: Int { 1 << 5 }
        static var printable: Int { 1 << 6 }
        static var xidStart: Int { 1 << 7 }
        static var xidContinue: Int { 1 << 8 }
        static var upper: Int { 1 << 9 }
        static var lower: Int { 1 << 10 }
        static var title: Int { 1 << 11 }
        static var caseIgnorable: Int { 1 << 13 }
        static var special: Int { 1 << 14 }
        static var alnum: Int { 1 << 15 }
    }

    /// Units of a type record: flags 3, lower, upper and title deltas 3 each, decimal, digit, special 2, numeric 2.
    static var typeRecordSize: Int { 18 }

    @inline(__always)
    static func typeRecord(_ c: UInt32) -> Int {
        twoStage(TypeTables.stage1, TypeTables.stage2, c) &* typeRecordSize
    }

    @inline(__always)
    static func flags(_ c: UInt32) -> Int { UnitTable(TypeTables.records).u3(typeRecord(c)) }

    @usableFromInline
    static func has(_ flag: Int, _ c: UInt32) -> Bool { flags(c) & flag != 0 }

    /// May begin an identifier, as `str.isidentifier` judges one character (XID_Start and `_`).
    public static func isXIDStart(_ c: UInt32) -> Bool { has(Flag.xidStart, c) }
    /// May continue an identifier.
    public static func isXIDContinue(_ c: UInt32) -> Bool { has(Flag.xidContinue, c) }

    /// `repr` shows the character itself rather than an escape.
    @inlinable
    public static func isPrintable(_ c: UInt32) -> Bool { c < 0x7F ? c >= 0x20 : slowIsPrintable(c) }
    @usableFromInline static func slowIsPrintable(_ c: UInt32) -> Bool { has(Flag.printable, c) }

    @inlinable
    public static func isAlpha(_ c: UInt32) -> Bool {
        c < 0x80 ? (c | 0x20) &- 0x61 < 26 : slowIsAlpha(c)
    }
    @usableFromInline static func slowIsAlpha(_ c: UInt32) -> Bool { has(Flag.alpha, c) }

    @inlinable
    public static func isDecimal(_ c: UInt32) -> Bool { c < 0x80 ? c &- 0x30 < 10 : slowIsDecimal(c) }
    @usableFromInline static func slowIsDecimal(_ c: UInt32) -> Bool { has(Flag.decimal, c) }

    @inlinable
    public static func isDigit(_ c: UInt32) -> Bool { c < 0x80 ? c &- 0x30 < 10 : slowIsDigit(c) }
    @usableFromInline static func slowIsDigit(_ c: UInt32) -> Bool { has(Flag.digit, c) }

    @inlinable
    public static func isNumeric(_ c: UInt32) -> Bool { c < 0x80 ? c &- 0x30 < 10 : slowIsNumeric(c) }
    @usableFromInline static func slowIsNumeric(_ c: UInt32) -> Bool { has(Flag.numeric, c) }

    @inlinable
    public static func isAlnum(_ c: UInt32) -> Bool {
        c < 0x80 ? (c &- 0x30 < 10 || (c | 0x20) &- 0x61 < 26) : slowIsAlnum(c)
    }
    @usableFromInline static func slowIsAlnum(_ c: UInt32) -> Bool { has(Flag.alnum, c) }

    /// Whitespace for `str.split`, `str.strip`: bidirectional class B, S, WS or category Zs.
    @inlinable
    public static func isSpace(_ c: UInt32) -> Bool {
        c < 0x80 ? (c == 0x20 || c &- 9 < 5 || c &- 0x1C < 4) : slowIsSpace(c)
    }
    @usableFromInline static func slowIsSpace(_ c: UInt32) -> Bool { has(Flag.space, c) }

    /// A line boundary for `str.splitlines`.
    @inlinable
    public static func isLineBreak(_ c: UInt32) -> Bool {
        c < 0x80 ? (c &- 10 < 4 || c &- 0x1C < 3) : slowIsLineBreak(c)
    }
    @usableFromInline static func slowIsLineBreak(_ c: UInt32) -> Bool { has(Flag.lineBreak, c) }

    public static func isUpper(_ c: UInt32) -> Bool { c < 0x80 ? c &- 0x41 < 26 : has(Flag.upper, c) }
    public static func isLower(_ c: UInt32) -> Bool { c < 0x80 ? c &- 0x61 < 26 : has(Flag.lower, c) }
    public static func isTitle(_ c: UInt32) -> Bool { c >= 0x80 && has(Flag.title, c) }
    /// Has case, for the final-sigma rule and `str.title`.
    public static func isCased(_ c: UInt32) -> Bool { isLower(c) || isUpper(c) || isTitle(c) }
    public static func isCaseIgnorable(_ c: UInt32) -> Bool { has(Flag.caseIgnorable, c) }

    /// The value of a decimal digit, 0...9, or nil.
    public static func decimal(_ c: UInt32) -> Int? {
        if c < 0x80 { return c &- 0x30 < 10 ? Int(c) - 0x30 : nil }
        let value = UnitTable(TypeTables.records).u1(typeRecord(c) + 12)
        return value == 127 ? nil : value
    }

    /// The value of a digit (superscripts and the like included), or nil.
    public static func digit(_ c: UInt32) -> Int? {
        let value = UnitTable(TypeTables.records).u1(typeRecord(c) + 13)
        return value == 127 ? nil : value
    }

    /// The numeric value as `unicodedata.numeric` gives it, or nil.
    public static func numeric(_ c: UInt32) -> Double? {
        let number = UnitTable(TypeTables.records).u2(typeRecord(c) + 16)
        guard number > 0 else { return nil }
        let table = UnitTable(TypeTables.numerics)
        let row = (number - 1) * 9
        let value = Double(table.wide(row + 1, 6)) / Double(table.u2(row + 7))
        return table.u1(row) == 1 ? -value : value
    }
}
