// One-step decompositions and primary composites; Hangul is computed. CPython: Modules/unicodedata.c.
// Rules: Unicode 13.0 section 3.11 and 3.12.

enum Hangul {
    static var sBase: UInt32 { 0xAC00 }
    static var lBase: UInt32 { 0x1100 }
    static var vBase: UInt32 { 0x1161 }
    static var tBase: UInt32 { 0x11A7 }
    static var sCount: UInt32 { 11172 }
    static var lCount: UInt32 { 19 }
    static var vCount: UInt32 { 21 }
    static var tCount: UInt32 { 28 }
}

extension UCD {
    /// The tag of a compatibility decomposition, e.g. `<compat>`; empty for a canonical one.
    static func decompositionTag(_ number: Int) -> StaticString {
        switch number {
        case 1: "<noBreak>"
        case 2: "<compat>"
        case 3: "<super>"
        case 4: "<fraction>"
        case 5: "<font>"
        case 6: "<isolated>"
        case 7: "<initial>"
        case 8: "<final>"
        case 9: "<medial>"
        case 10: "<vertical>"
        case 11: "<circle>"
        case 12: "<sub>"
        case 13: "<wide>"
        case 14: "<square>"
        case 15: "<narrow>"
        case 16: "<small>"
        default: ""
        }
    }

    /// Where the mapping of `c` begins in `DecompositionTables.mappings`, nil if it has none.
    @inline(__always)
    static func mappingOffset(_ c: UInt32) -> Int? {
        guard c >= 0xA0 else { return nil }
        let entry = twoStage(DecompositionTables.stage1, DecompositionTables.stage2, c)
        return entry == 0 ? nil : UnitTable(DecompositionTables.offsets).u3(entry * 3)
    }

    /// What `unicodedata.decomposition` answers: the tag and the code points of one step, nil if there is none
    /// (Hangul syllables included, which CPython leaves out).
    public static func decomposition(_ c: UInt32) -> (tag: StaticString, codePoints: [UInt32])? {
        guard let offset = mappingOffset(c) else { return nil }
        let table = UnitTable(DecompositionTables.mappings)
        let codes = (0..<table.u1(offset + 1)).map { UInt32(table.u3(offset + 2 + $0 * 3)) }
        return (decompositionTag(table.u1(offset)), codes)
    }

    /// Appends the full decomposition of `c` to `out`, not yet in canonical order.
    /// - Parameter version3: as Unicode 3.2 did.
    static func decompose(_ c: UInt32, compatibility: Bool, version3: Bool = false, into out: inout [UInt32]) {
        if c < 0xA0 { out.append(c); return }
        let s = c &- Hangul.sBase
        if s < Hangul.sCount {
            out.append(Hangul.lBase + s / (Hangul.vCount * Hangul.tCount))
            out.append(Hangul.vBase + s % (Hangul.vCount * Hangul.tCount) / Hangul.tCount)
            if s % Hangul.tCount != 0 { out.append(Hangul.tBase + s % Hangul.tCount) }
            return
        }
        if version3 {
            if let corrected = UCD3.correctedMapping(c) { out.append(corrected); return }
            if !UCD3.isAssigned(c) { out.append(c); return }
        }
        let table = UnitTable(DecompositionTables.mappings)
        guard let offset = mappingOffset(c), compatibility || table.u1(offset) == 0 else { out.append(c); return }
        // The data nest at most a few levels deep.
        for i in 0..<table.u1(offset + 1) {
            decompose(UInt32(table.u3(offset + 2 + i * 3)), compatibility: compatibility, version3: version3, into: &out)
        }
    }

    /// The primary composite of two code points, or nil.
    static func compose(_ a: UInt32, _ b: UInt32) -> UInt32? {
        let l = a &- Hangul.lBase, v = b &- Hangul.vBase
        if l < Hangul.lCount && v < Hangul.vCount {
            return Hangul.sBase + (l * Hangul.vCount + v) * Hangul.tCount
        }
        let s = a &- Hangul.sBase, t = b &- Hangul.tBase
        if s < Hangul.sCount && s % Hangul.tCount == 0 && t > 0 && t < Hangul.tCount { return a + t }
        let table = UnitTable(DecompositionTables.composites)
        let key = Int(a) << 21 | Int(b)
        var low = 0, high = DecompositionTables.compositeCount
        while low < high {
            let middle = (low + high) / 2
            let probe = table.u3(middle * 9) << 21 | table.u3(middle * 9 + 3)
            if probe == key { return UInt32(table.u3(middle * 9 + 6)) }
            if probe < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
