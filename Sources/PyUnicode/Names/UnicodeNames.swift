// Character names, aliases and named sequences, both ways. Names are stored as word codes (units 1...shortWords are a
// word, higher ones the first of two, 0 ends a name); CJK ideographs and Hangul syllables are computed.
// CPython: Modules/unicodedata.c (_getucname, _getcode), Modules/unicodename_db.h.

extension UCD {
    /// What a name stands for.
    public enum Named: Sendable, Equatable {
        case codePoint(UInt32)
        /// A named sequence: `unicodedata.lookup` knows it, `\N{...}` does not.
        case sequence([UInt32])
    }

    /// The code point named `name` (ASCII, any case, as in `\N{name}`), aliases included, or nil.
    public static func lookupName(_ name: String) -> UInt32? {
        var name = name
        return name.withUTF8 { lookupName($0) }
    }

    public static func lookupName(_ name: UnsafeBufferPointer<UInt8>) -> UInt32? {
        if case .codePoint(let c)? = lookup(name) { return c }
        return nil
    }

    /// `unicodedata.lookup`: names, aliases and named sequences.
    public static func lookup(_ name: UnsafeBufferPointer<UInt8>) -> Named? {
        if let c = computedName(name) { return .codePoint(c) }
        guard name.count > 0, name.count <= NameTables.longestName else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NameTables.longestName + 64) { scratch in
            var low = 0, high = NameTables.nameCount
            while low < high {
                let middle = (low + high) / 2
                let ordinal = UnitTable(NameTables.sorted).u3(middle * 3)
                let order = compare(name, UnsafeBufferPointer(rebasing: scratch[..<spell(ordinal, into: scratch)]))
                if order == 0 { return target(ordinal) }
                if order > 0 { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    /// The name of `c`, as `unicodedata.name` gives it, or nil. ASCII.
    public static func name(_ c: UInt32) -> [UInt8]? {
        let s = c &- Hangul.sBase
        if s < Hangul.sCount {
            let l = Int(s / (Hangul.vCount * Hangul.tCount)), t = Int(s % Hangul.tCount)
            let v = Int(s % (Hangul.vCount * Hangul.tCount) / Hangul.tCount)
            var name = Array("HANGUL SYLLABLE ".utf8)
            for part in [Jamo.leading(l), Jamo.vowel(v), Jamo.trailing(t)] { part.withUTF8Buffer { name += $0 } }
            return name
        }
        if isUnifiedIdeograph(c) {
            return Array("CJK UNIFIED IDEOGRAPH-".utf8) + Array(String(c, radix: 16, uppercase: true).utf8)
        }
        guard let ordinal = ordinal(of: c) else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NameTables.longestName + 64) { scratch in
            Array(scratch[..<spell(ordinal, into: scratch)])
        }
    }

    /// The CJK unified ideographs of Unicode 13.0.
    static func isUnifiedIdeograph(_ c: UInt32) -> Bool {
        switch c {
        case 0x3400...0x4DBF, 0x4E00...0x9FFC, 0x20000...0x2A6DD, 0x2A700...0x2B734, 0x2B740...0x2B81D,
            0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x30000...0x3134A:
            true
        default: false
        }
    }

    private static func ordinal(of c: UInt32) -> Int? {
        let ranges = UnitTable(NameTables.ranges)
        var low = 0, high = NameTables.rangeCount
        while low < high {
            let middle = (low + high) / 2
            let first = ranges.u3(middle * 9)
            if Int(c) < first {
                high = middle
            } else if Int(c) >= first + ranges.u3(middle * 9 + 3) {
                low = middle + 1
            } else {
                return ranges.u3(middle * 9 + 6) + Int(c) - first
            }
        }
        return nil
    }

    private static func target(_ ordinal: Int) -> Named {
        if ordinal < NameTables.primaryCount {
            // The ranges are in ordinal order too.
            let ranges = UnitTable(NameTables.ranges)
            var low = 0, high = NameTables.rangeCount - 1
            while low < high {
                let middle = (low + high + 1) / 2
                if ranges.u3(middle * 9 + 6) <= ordinal { low = middle } else { high = middle - 1 }
            }
            return .codePoint(UInt32(ranges.u3(low * 9) + ordinal - ranges.u3(low * 9 + 6)))
        }
        let alias = ordinal - NameTables.primaryCount
        if alias < NameTables.aliasCount {
            return .codePoint(UInt32(UnitTable(NameTables.aliasTargets).u3(alias * 3)))
        }
        let table = UnitTable(NameTables.sequenceTargets)
        let row = (alias - NameTables.aliasCount) * 13
        return .sequence((0..<table.u1(row)).map { UInt32(table.u3(row + 1 + $0 * 3)) })
    }

    /// Writes the name numbered `ordinal`; the number of bytes written.
    private static func spell(_ ordinal: Int, into out: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let phrases = UnitTable(NameTables.phrases)
        var at = UnitTable(NameTables.phraseOffsets).u3(ordinal / 8 * 3)
        for _ in 0..<(ordinal % 8) {
            while phrases.u1(at) != 0 { at += phrases.u1(at) <= NameTables.shortWords ? 1 : 2 }
            at += 1
        }
        let offsets = UnitTable(NameTables.wordOffsets), words = UnitTable(NameTables.words)
        var written = 0
        while phrases.u1(at) != 0 {
            var word = phrases.u1(at) - 1
            at += 1
            if word >= NameTables.shortWords {
                word = NameTables.shortWords + (word - NameTables.shortWords) * 128 + phrases.u1(at)
                at += 1
            }
            if written > 0 { out[written] = 0x20; written += 1 }
            for i in offsets.u3(word * 3)..<offsets.u3(word * 3 + 3) {
                out[written] = words.base[i]
                written += 1
            }
        }
        return written
    }

    /// Compares `name`, letters folded to upper case, with a stored name.
    private static func compare(_ name: UnsafeBufferPointer<UInt8>, _ stored: UnsafeBufferPointer<UInt8>) -> Int {
        for i in 0..<min(name.count, stored.count) {
            var a = Int(name[i])
            if a >= 0x61 && a <= 0x7A { a -= 0x20 }
            let b = Int(stored[i])
            if a != b { return a - b }
        }
        return name.count - stored.count
    }

    /// Hangul syllables and CJK ideographs; as in CPython only upper case will do.
    private static func computedName(_ name: UnsafeBufferPointer<UInt8>) -> UInt32? {
        if starts(name, with: "CJK UNIFIED IDEOGRAPH-") {
            let digits = name[22...]
            guard digits.count == 4 || digits.count == 5 else { return nil }
            var value: UInt32 = 0
            for digit in digits {
                switch digit {
                case 0x30...0x39: value = value * 16 + UInt32(digit) - 0x30
                case 0x41...0x46: value = value * 16 + UInt32(digit) - 0x37
                default: return nil
                }
            }
            return isUnifiedIdeograph(value) ? value : nil
        }
        guard starts(name, with: "HANGUL SYLLABLE ") else { return nil }
        var at = 16
        guard let l = longest(name, &at, 19, Jamo.leading), let v = longest(name, &at, 21, Jamo.vowel),
            let t = longest(name, &at, 28, Jamo.trailing), at == name.count
        else { return nil }
        return Hangul.sBase + UInt32((l * 21 + v) * 28 + t)
    }

    private static func starts(_ name: UnsafeBufferPointer<UInt8>, with prefix: StaticString, at: Int = 0) -> Bool {
        guard name.count - at >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { prefix in
            for i in 0..<prefix.count where name[at + i] != prefix[i] { return false }
            return true
        }
    }

    /// The longest jamo short name at `at`, which moves behind it.
    private static func longest(
        _ name: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ count: Int, _ part: (Int) -> StaticString
    ) -> Int? {
        var best: Int?, length = -1
        for i in 0..<count where part(i).utf8CodeUnitCount > length && starts(name, with: part(i), at: at) {
            (best, length) = (i, part(i).utf8CodeUnitCount)
        }
        if best != nil { at += length }
        return best
    }
}

/// The short names of the conjoining jamo (Jamo.txt).
enum Jamo {
    static func leading(_ i: Int) -> StaticString {
        switch i {
        case 0: "G"
        case 1: "GG"
        case 2: "N"
        case 3: "D"
        case 4: "DD"
        case 5: "R"
        case 6: "M"
        case 7: "B"
        case 8: "BB"
        case 9: "S"
        case 10: "SS"
        case 12: "J"
        case 13: "JJ"
        case 14: "C"
        case 15: "K"
        case 16: "T"
        case 17: "P"
        case 18: "H"
        default: ""
        }
    }

    static func vowel(_ i: Int) -> StaticString {
        switch i {
        case 0: "A"
        case 1: "AE"
        case 2: "YA"
        case 3: "YAE"
        case 4: "EO"
        case 5: "E"
        case 6: "YEO"
        case 7: "YE"
        case 8: "O"
        case 9: "WA"
        case 10: "WAE"
        case 11: "OE"
        case 12: "YO"
        case 13: "U"
        case 14: "WEO"
        case 15: "WE"
        case 16: "WI"
        case 17: "YU"
        case 18: "EU"
        case 19: "YI"
        default: "I"
        }
    }

    static func trailing(_ i: Int) -> StaticString {
        switch i {
        case 1: "G"
        case 2: "GG"
        case 3: "GS"
        case 4: "N"
        case 5: "NJ"
        case 6: "NH"
        case 7: "D"
        case 8: "L"
        case 9: "LG"
        case 10: "LM"
        case 11: "LB"
        case 12: "LS"
        case 13: "LT"
        case 14: "LP"
        case 15: "LH"
        case 16: "M"
        case 17: "B"
        case 18: "BS"
        case 19: "S"
        case 20: "SS"
        case 21: "NG"
        case 22: "J"
        case 23: "C"
        case 24: "K"
        case 25: "T"
        case 26: "P"
        case 27: "H"
        default: ""
        }
    }
}
