// Unicode 3.2 as what differs from 13.0: `unicodedata.ucd_3_2_0`, which `idna` and `stringprep` go by. Hangul, names' texts and
// what no version changed come from UCD. CPython: get_old_record in Modules/unicodedata.c.

public enum UCD3 {
    public static var version: StaticString { "3.2.0" }

    /// Units of a record: category, bidirectional class, mirrored, width, decimal, each `same` where 13.0 agrees; then the
    /// number of the numeric value.
    private static var recordSize: Int { 6 }
    private static var same: Int { 127 }
    private static var none: Int { 126 }

    /// Where the record of `c` begins, nil if nothing differs.
    private static func record(_ c: UInt32) -> Int? {
        let runs = UnitTable(UCD3Tables.runs)
        var low = 0, high = UCD3Tables.runCount
        while low < high {
            let middle = (low + high) / 2
            if runs.u3(middle * 7 + 3) < Int(c) { low = middle + 1 } else { high = middle }
        }
        guard low < UCD3Tables.runCount, runs.u3(low * 7) <= Int(c) else { return nil }
        return runs.u1(low * 7 + 6) * recordSize
    }

    private static func field(_ c: UInt32, _ number: Int) -> Int? {
        guard let start = record(c) else { return nil }
        let value = UnitTable(UCD3Tables.records).u1(start + number)
        return value == same ? nil : value
    }

    /// Category 0 is `Cn`.
    public static func isAssigned(_ c: UInt32) -> Bool { field(c, 0).map { $0 != 0 } ?? true }
    public static func category(_ c: UInt32) -> StaticString { field(c, 0).map(UCD.categoryName) ?? UCD.category(c) }
    public static func bidirectional(_ c: UInt32) -> StaticString { field(c, 1).map(UCD.bidirectionalName) ?? UCD.bidirectional(c) }
    public static func isMirrored(_ c: UInt32) -> Bool { field(c, 2).map { $0 != 0 } ?? UCD.isMirrored(c) }
    public static func eastAsianWidth(_ c: UInt32) -> StaticString { field(c, 3).map(UCD.widthName) ?? UCD.eastAsianWidth(c) }
    public static func combining(_ c: UInt32) -> Int { isAssigned(c) ? UCD.combining(c) : 0 }
    public static func decimal(_ c: UInt32) -> Int? {
        guard let value = field(c, 4) else { return UCD.decimal(c) }
        return value == none ? nil : value
    }
    public static func numeric(_ c: UInt32) -> Double? {
        guard let value = field(c, 5) else { return UCD.numeric(c) }
        return value == none ? nil : Double(value)
    }
    public static func decomposition(_ c: UInt32) -> (tag: StaticString, codePoints: [UInt32])? { isAssigned(c) ? UCD.decomposition(c) : nil }
    public static func name(_ c: UInt32) -> [UInt8]? { isAssigned(c) ? UCD.name(c) : nil }

    /// The canonical mapping before a corrigendum changed it.
    static func correctedMapping(_ c: UInt32) -> UInt32? {
        let table = UnitTable(UCD3Tables.corrections)
        for i in 0..<UCD3Tables.correctionCount where table.u3(i * 6) == Int(c) { return UInt32(table.u3(i * 6 + 3)) }
        return nil
    }
}
