// How the generated tables are read: string literals of 7-bit units, fields big-endian over one to three units.
// Made by Scripts/generate_unicode.py. Layouts are in README.md.

enum TypeTables {}
enum DatabaseTables {}
enum UCD3Tables {}
enum DecompositionTables {}
enum NameTables {}
enum CharmapTables {}

/// A blob of 7-bit units. Indices come from the tables themselves or were checked by the caller.
struct UnitTable {
    let base: UnsafePointer<UInt8>

    @inline(__always)
    init(_ blob: StaticString) { base = blob.utf8Start }

    @inline(__always) func u1(_ offset: Int) -> Int { Int(base[offset]) }
    @inline(__always) func u2(_ offset: Int) -> Int { Int(base[offset]) << 7 | Int(base[offset + 1]) }
    @inline(__always) func u3(_ offset: Int) -> Int {
        Int(base[offset]) << 14 | Int(base[offset + 1]) << 7 | Int(base[offset + 2])
    }

    /// `width` units, up to nine.
    func wide(_ offset: Int, _ width: Int) -> Int {
        var value = 0
        for i in 0..<width { value = value << 7 | Int(base[offset + i]) }
        return value
    }
}

/// Two-stage lookup, 128 code points a block. Code points above 0x10FFFF have the value of U+0378 (unassigned).
@inline(__always)
func twoStage(_ stage1: StaticString, _ stage2: StaticString, _ c: UInt32) -> Int {
    let code = c <= 0x10FFFF ? Int(c) : 0x378
    let block = UnitTable(stage1).u2((code >> 7) &* 2)
    return UnitTable(stage2).u2((block &* 128 &+ (code & 127)) &* 2)
}
