// NFC, NFD, NFKC, NFKD over code points. CPython: Modules/unicodedata.c (is_normalized, nfd_nfkd, nfc_nfkc).
// Rules: Unicode Standard Annex #15.

public enum NormalizationForm: Sendable {
    case nfc, nfd, nfkc, nfkd

    var composes: Bool { self == .nfc || self == .nfkc }
    var compatibility: Bool { self == .nfkc || self == .nfkd }
    /// The quick-check bit that says a character never occurs in this form.
    var forbids: Int {
        switch self {
        case .nfd: 1
        case .nfkd: 2
        case .nfc: 4
        case .nfkc: 8
        }
    }
}

public enum QuickCheck: Sendable { case yes, maybe, no }

extension UCD {
    /// The quick check of UAX #15: one pass, no allocation.
    public static func quickCheck(_ text: some Sequence<UInt32>, _ form: NormalizationForm) -> QuickCheck {
        var last = 0, result = QuickCheck.yes
        let maybe = form.composes ? 16 : 0
        for c in text where c >= 0xA0 {
            let record = databaseRecord(c)
            let table = UnitTable(DatabaseTables.records)
            let combining = table.u2(record + 2), bits = table.u1(record + 5)
            if combining != 0 && last > combining { return .no }
            last = combining
            if bits & form.forbids != 0 { return .no }
            if bits & maybe != 0 { result = .maybe }
        }
        return result
    }

    /// The text in `form`.
    /// - Parameter version3: with the decompositions of Unicode 3.2.
    public static func normalize(_ text: some Sequence<UInt32>, _ form: NormalizationForm, version3: Bool = false) -> [UInt32] {
        var out: [UInt32] = []
        out.reserveCapacity(text.underestimatedCount)
        for c in text { decompose(c, compatibility: form.compatibility, version3: version3, into: &out) }
        order(&out)
        if form.composes { recompose(&out) }
        return out
    }

    /// Sorts each run of combining marks by class, stably.
    private static func order(_ text: inout [UInt32]) {
        var i = 0
        while i < text.count {
            guard combining(text[i]) != 0 else { i += 1; continue }
            var end = i
            while end < text.count && combining(text[end]) != 0 { end += 1 }
            if end - i > 1 { sortRun(&text, i, end) }
            i = end
        }
    }

    private static func sortRun(_ text: inout [UInt32], _ start: Int, _ end: Int) {
        if end - start > 32 {  // an adversary's pile of marks: no quadratic time
            let run = text[start..<end].enumerated().sorted {
                (combining($0.element), $0.offset) < (combining($1.element), $1.offset)
            }
            for (i, item) in run.enumerated() { text[start + i] = item.element }
            return
        }
        for i in (start + 1)..<end {
            let c = text[i], rank = combining(c)
            var j = i
            while j > start && combining(text[j - 1]) > rank {
                text[j] = text[j - 1]
                j -= 1
            }
            text[j] = c
        }
    }

    /// Canonical composition in place (UAX #15 section 1.3, D117).
    private static func recompose(_ text: inout [UInt32]) {
        var starter = -1, lastClass = -1, write = 0
        for read in 0..<text.count {
            let c = text[read], rank = combining(c)
            // A mark composes only if nothing of its class or higher, and no starter, stands between.
            if starter >= 0, lastClass < rank || lastClass == -1, let joined = compose(text[starter], c) {
                text[starter] = joined
                continue
            }
            if rank == 0 {
                starter = write
                lastClass = -1
            } else {
                lastClass = rank
            }
            text[write] = c
            write += 1
        }
        text.removeSubrange(write...)
    }
}
