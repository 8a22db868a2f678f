// The fields that only `unicodedata` and normalisation ask for. CPython: Modules/unicodedata.c.

extension UCD {
    /// Units of a database record: category, bidirectional class, combining class 2, width and mirrored, quick check.
    static var databaseRecordSize: Int { 6 }

    @inline(__always)
    static func databaseRecord(_ c: UInt32) -> Int {
        twoStage(DatabaseTables.stage1, DatabaseTables.stage2, c) &* databaseRecordSize
    }

    /// The two-letter general category, `Cn` if unassigned.
    public static func category(_ c: UInt32) -> StaticString { categoryName(UnitTable(DatabaseTables.records).u1(databaseRecord(c))) }

    static func categoryName(_ number: Int) -> StaticString {
        switch number {
        case 1: "Lu"
        case 2: "Ll"
        case 3: "Lt"
        case 4: "Mn"
        case 5: "Mc"
        case 6: "Me"
        case 7: "Nd"
        case 8: "Nl"
        case 9: "No"
        case 10: "Zs"
        case 11: "Zl"
        case 12: "Zp"
        case 13: "Cc"
        case 14: "Cf"
        case 15: "Cs"
        case 16: "Co"
        case 17: "Lm"
        case 18: "Lo"
        case 19: "Pc"
        case 20: "Pd"
        case 21: "Ps"
        case 22: "Pe"
        case 23: "Pi"
        case 24: "Pf"
        case 25: "Po"
        case 26: "Sm"
        case 27: "Sc"
        case 28: "Sk"
        case 29: "So"
        default: "Cn"
        }
    }

    /// The bidirectional class, empty if unassigned.
    public static func bidirectional(_ c: UInt32) -> StaticString {
        bidirectionalName(UnitTable(DatabaseTables.records).u1(databaseRecord(c) + 1))
    }

    static func bidirectionalName(_ number: Int) -> StaticString {
        switch number {
        case 1: "L"
        case 2: "LRE"
        case 3: "LRO"
        case 4: "R"
        case 5: "AL"
        case 6: "RLE"
        case 7: "RLO"
        case 8: "PDF"
        case 9: "EN"
        case 10: "ES"
        case 11: "ET"
        case 12: "AN"
        case 13: "CS"
        case 14: "NSM"
        case 15: "BN"
        case 16: "B"
        case 17: "S"
        case 18: "WS"
        case 19: "ON"
        case 20: "LRI"
        case 21: "RLI"
        case 22: "FSI"
        case 23: "PDI"
        default: ""
        }
    }

    /// The canonical combining class.
    public static func combining(_ c: UInt32) -> Int {
        c < 0x300 ? 0 : UnitTable(DatabaseTables.records).u2(databaseRecord(c) + 2)
    }

    public static func isMirrored(_ c: UInt32) -> Bool {
        UnitTable(DatabaseTables.records).u1(databaseRecord(c) + 4) & 8 != 0
    }

    public static func eastAsianWidth(_ c: UInt32) -> StaticString { widthName(UnitTable(DatabaseTables.records).u1(databaseRecord(c) + 4) & 7) }

    static func widthName(_ number: Int) -> StaticString {
        switch number {
        case 0: "F"
        case 1: "H"
        case 2: "W"
        case 3: "Na"
        case 4: "A"
        default: "N"
        }
    }

    /// Bits: 1 not in NFD, 2 not in NFKD, 4 not in NFC, 8 not in NFKC, 16 may compose with what precedes it.
    @inline(__always)
    static func quickCheck(_ c: UInt32) -> Int { UnitTable(DatabaseTables.records).u1(databaseRecord(c) + 5) }
}
