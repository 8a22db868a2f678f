// Unanchored search: uses what the INFO block at the front of the code knows (a literal prefix, the set a match starts
// with, the least width) to skip places where no match can start.

extension SREMatcher {
    /// Looks for the leftmost match from `start` on; on success `start` and `position` are its ends.
    mutating func search() -> SREOutcome {
        guard code[0] == SREOpcode.info else { return searchAnywhere(0, lastStart: end) }
        let flags = code[2]
        let body = 1 + Int(code[1])
        let minimum = Int(code[3])
        if end - start < minimum { return .failed }
        let lastStart = end - minimum
        if flags & SREInfo.prefix != 0 {
            return searchPrefix(body, whole: flags & SREInfo.literal != 0, lastStart: lastStart)
        }
        if flags & SREInfo.charset != 0 { return searchSet(body, set: 5, lastStart: lastStart) }
        return searchAnywhere(body, lastStart: lastStart)
    }

    @inline(__always)
    private mutating func attempt(_ body: Int, at candidate: Int) -> SREOutcome {
        start = candidate
        resetMarks()
        let outcome = run(pc: body, from: candidate)
        // Only the very first place is barred to an empty match.
        mustAdvance = false
        return outcome
    }

    private mutating func searchAnywhere(_ body: Int, lastStart: Int) -> SREOutcome {
        var candidate = start
        while candidate <= lastStart {
            let outcome = attempt(body, at: candidate)
            if outcome != .failed { return outcome }
            candidate += 1
        }
        return .failed
    }

    private mutating func searchSet(_ body: Int, set: Int, lastStart: Int) -> SREOutcome {
        var candidate = start
        let members = code + set
        while candidate <= lastStart {
            let first = candidate
            if let firstUnits {
                while candidate < end {
                    let c = UInt32(truncatingIfNeeded: text[candidate])
                    if c < 256 ? firstUnits[Int(c &>> 5)] & (1 &<< (c & 31)) != 0 : SRECharacters.isIn(set: members, c) { break }
                    candidate &+= 1
                }
            } else {
                while candidate < end && !SRECharacters.isIn(set: members, UInt32(truncatingIfNeeded: text[candidate])) { candidate &+= 1 }
            }
            if candidate != first { mustAdvance = false }
            if candidate >= end || candidate > lastStart { return .failed }
            let outcome = attempt(body, at: candidate)
            if outcome != .failed { return outcome }
            candidate += 1
        }
        return .failed
    }

    /// Knuth-Morris-Pratt over the prefix; the overlap table stands behind it in the code.
    private mutating func searchPrefix(_ body: Int, whole: Bool, lastStart: Int) -> SREOutcome {
        let length = Int(code[5])
        let prefix = code + 7
        let overlap = prefix + length - 1
        var matched = 0
        var at = start
        while at < end {
            if matched == 0, let first = Unit(exactly: prefix[0]) {
                // Word by word to where the prefix may begin.
                at = skip(to: first, from: at)
                if at >= end { return .failed }
            }
            let c = UInt32(truncatingIfNeeded: text[at])
            while matched > 0 && c != prefix[matched] { matched = Int(overlap[matched]) }
            if c == prefix[matched] { matched += 1 }
            at += 1
            if matched == length {
                let candidate = at - length
                if candidate > lastStart { return .failed }
                if whole && !matchAll && !mustAdvance {
                    start = candidate
                    position = at
                    resetMarks()
                    return .matched
                }
                let outcome = attempt(body, at: candidate)
                if outcome != .failed { return outcome }
                matched = length > 1 ? Int(overlap[matched]) : 0
            }
        }
        return .failed
    }

    /// The first place of `unit` in `from..<end`, or `end`.
    @inline(__always)
    private func skip(to unit: Unit, from: Int) -> Int {
        var at = from
        if MemoryLayout<Unit>.size == 1 {
            let ones: UInt64 = 0x0101_0101_0101_0101
            let pattern = UInt64(truncatingIfNeeded: unit) &* ones
            let raw = UnsafeRawPointer(text)
            while at &+ 8 <= end {
                let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian ^ pattern
                let hit = (word &- ones) & ~word & 0x8080_8080_8080_8080
                if hit != 0 { return at &+ hit.trailingZeroBitCount &>> 3 }
                at &+= 8
            }
        }
        while at < end && text[at] != unit { at &+= 1 }
        return at
    }
}
