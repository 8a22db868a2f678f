// Case mappings: simple (one code point) and full (up to three). The final-sigma rule needs context and is applied
// by the callers that have the text. CPython: Objects/unicodectype.c, Tools/unicode/makeunicodedata.py.

extension UCD {
    /// Up to three code points.
    public struct Mapping: Sendable, Equatable {
        public var count: Int
        public var first: UInt32
        public var second: UInt32 = 0
        public var third: UInt32 = 0

        @inlinable
        public init(_ c: UInt32) { (count, first) = (1, c) }
        @inlinable
        init(count: Int, _ a: UInt32, _ b: UInt32, _ c: UInt32) { (self.count, first, second, third) = (count, a, b, c) }

        /// - Precondition: `index` is 0, 1 or 2.
        @inlinable
        public subscript(index: Int) -> UInt32 { index == 0 ? first : index == 1 ? second : third }
    }

    /// One code point to one, as `_sre.unicode_tolower` maps.
    @inlinable
    public static func simpleLower(_ c: UInt32) -> UInt32 {
        c < 0x80 ? (c &- 0x41 < 26 ? c | 0x20 : c) : slowSimpleLower(c)
    }
    @usableFromInline
    static func slowSimpleLower(_ c: UInt32) -> UInt32 { c &+ delta(c, 3) }

    /// `str.lower` of one character; U+03A3 gives the medial sigma.
    @inlinable
    public static func lower(_ c: UInt32) -> Mapping { c < 0x80 ? Mapping(simpleLower(c)) : full(c, 0) }
    @inlinable
    public static func upper(_ c: UInt32) -> Mapping {
        c < 0x80 ? Mapping(c &- 0x61 < 26 ? c & ~0x20 : c) : full(c, 1)
    }
    @inlinable
    public static func title(_ c: UInt32) -> Mapping {
        c < 0x80 ? Mapping(c &- 0x61 < 26 ? c & ~0x20 : c) : full(c, 2)
    }
    @inlinable
    public static func casefold(_ c: UInt32) -> Mapping { c < 0x80 ? Mapping(simpleLower(c)) : full(c, 3) }

    @inline(__always)
    private static func delta(_ c: UInt32, _ field: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: UnitTable(TypeTables.records).u3(typeRecord(c) + field) - (1 << 20))
    }

    /// - Parameter kind: 0 lower, 1 upper, 2 title, 3 fold.
    @usableFromInline
    static func full(_ c: UInt32, _ kind: Int) -> Mapping {
        let record = typeRecord(c)
        let table = UnitTable(TypeTables.records)
        guard table.u3(record) & Flag.special != 0 else {
            let field = record + 3 + 3 * (kind == 3 ? 0 : kind)
            return Mapping(c &+ UInt32(truncatingIfNeeded: table.u3(field) - (1 << 20)))
        }
        let specials = UnitTable(TypeTables.specials)
        let row = table.u2(record + 14) * 40 + kind * 10
        return Mapping(
            count: specials.u1(row), UInt32(specials.u3(row + 1)), UInt32(specials.u3(row + 4)), UInt32(specials.u3(row + 7)))
    }
}
