// Substring search over units of one width: forwards, backwards, counting. Single units go through a word-at-a-time
// scan; short needles through first-and-last filtering with a skip table; hard cases through two-way, so that
// the worst case stays linear. CPython: Objects/stringlib/fastsearch.h (behaviour only).
// Rules: Crochemore & Perrin, "Two-way string-matching" (1991); Sunday (1990).

public enum TextSearch {
    /// The first index of `unit` in `start..<end`, or -1.
    @inlinable
    public static func find<U: CodeUnit>(_ unit: U, _ text: UnsafePointer<U>, _ start: Int, _ end: Int) -> Int {
        var i = start
        if MemoryLayout<U>.size == 1 {
            // Eight bytes a step: a zero byte of `word ^ pattern` is a hit.
            let pattern = UInt64(truncatingIfNeeded: unit) &* 0x0101_0101_0101_0101
            let raw = UnsafeRawPointer(text)
            while i &+ 8 <= end {
                let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) ^ pattern
                let hit = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
                if hit != 0 { return i &+ hit.littleEndian.trailingZeroBitCount &>> 3 }
                i &+= 8
            }
        } else if MemoryLayout<U>.size == 2 {
            let pattern = UInt64(truncatingIfNeeded: unit) &* 0x0001_0001_0001_0001
            let raw = UnsafeRawPointer(text)
            while i &+ 4 <= end {
                let word = raw.loadUnaligned(fromByteOffset: i &* 2, as: UInt64.self) ^ pattern
                let hit = (word &- 0x0001_0001_0001_0001) & ~word & 0x8000_8000_8000_8000
                if hit != 0 { return i &+ hit.littleEndian.trailingZeroBitCount &>> 4 }
                i &+= 4
            }
        }
        while i < end {
            if text[i] == unit { return i }
            i &+= 1
        }
        return -1
    }

    /// The last index of `unit` in `start..<end`, or -1.
    @inlinable
    public static func findLast<U: CodeUnit>(_ unit: U, _ text: UnsafePointer<U>, _ start: Int, _ end: Int) -> Int {
        var i = end
        while i > start {
            i &-= 1
            if text[i] == unit { return i }
        }
        return -1
    }

    /// The first occurrence of `needle` inside `text[start..<end]`, or -1. An empty needle is at `start`.
    @inlinable
    public static func find<U: CodeUnit>(
        _ needle: UnsafePointer<U>, _ m: Int, _ text: UnsafePointer<U>, _ start: Int, _ end: Int
    ) -> Int {
        let room = end - start
        if m > room { return -1 }
        if m == 0 { return start }
        if m == 1 { return find(needle[0], text, start, end) }
        if m >= 12 && room > 2000 {
            let preparation = TwoWay(needle, m)
            return preparation.find(needle, m, text, start, end)
        }
        if MemoryLayout<U>.size == 1 {
            // Safe: units of one byte.
            let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
            return paired(UnsafeRawPointer(needle).assumingMemoryBound(to: UInt8.self), m, bytes, start, end)
        }
        return filtered(needle, m, text, start, end)
    }

    /// Bytes: eight places a step where the first and the last byte of the needle stand; falls over to two-way after too many
    /// vain comparisons. - Precondition: `2 <= m <= end - start`.
    @usableFromInline
    static func paired(_ needle: UnsafePointer<UInt8>, _ m: Int, _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let first = UInt64(needle[0]) &* ones, last = UInt64(needle[m &- 1]) &* ones
        let raw = UnsafeRawPointer(text)
        let stop = end &- m
        var i = start, vain = 0
        while i &+ 7 <= stop {
            // A zero byte: both agree there. Above one a byte may look like it too: the comparison tells.
            let x = (raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) ^ first).littleEndian
                | (raw.loadUnaligned(fromByteOffset: i &+ m &- 1, as: UInt64.self) ^ last).littleEndian
            var hit = (x &- ones) & ~x & 0x8080_8080_8080_8080
            while hit != 0 {
                let at = i &+ hit.trailingZeroBitCount &>> 3
                let j = agreement(needle, text + at, m)
                if j == m { return at }
                vain &+= j
                hit &= hit &- 1
            }
            i &+= 8
            if vain > 2000 && m > 8 { return i <= stop ? TwoWay(needle, m).find(needle, m, text, i, end) : -1 }
        }
        while i <= stop {
            if agreement(needle, text + i, m) == m { return i }
            i &+= 1
        }
        return -1
    }

    /// How many bytes agree, at most `m`.
    @inline(__always)
    private static func agreement(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ m: Int) -> Int {
        var j = 0
        while j < m && a[j] == b[j] { j &+= 1 }
        return j
    }

    /// Horspool-like search with a 64-bit set of the needle's units; falls over to two-way after too many vain
    /// comparisons.
    @inlinable
    static func filtered<U: CodeUnit>(
        _ needle: UnsafePointer<U>, _ m: Int, _ text: UnsafePointer<U>, _ start: Int, _ end: Int
    ) -> Int {
        let last = needle[m - 1]
        var mask: UInt64 = 0
        var skip = m - 1  // how far the next unit equal to `last` is, from the right
        for i in 0..<(m - 1) {
            mask |= 1 << UInt64(truncatingIfNeeded: needle[i] & 63)
            if needle[i] == last { skip = m - 2 - i }
        }
        mask |= 1 << UInt64(truncatingIfNeeded: last & 63)
        var i = start, vain = 0
        let stop = end - m
        while i <= stop {
            if text[i &+ m &- 1] == last {
                var j = 0
                while j < m &- 1 && text[i &+ j] == needle[j] { j &+= 1 }
                if j == m &- 1 { return i }
                vain &+= j
                if vain > 2000 && m > 8 {
                    let preparation = TwoWay(needle, m)
                    return preparation.find(needle, m, text, i &+ 1, end)
                }
                if i < stop && mask & (1 << UInt64(truncatingIfNeeded: text[i &+ m] & 63)) == 0 {
                    i &+= m &+ 1
                } else {
                    i &+= skip &+ 1
                }
            } else if i < stop && mask & (1 << UInt64(truncatingIfNeeded: text[i &+ m] & 63)) == 0 {
                i &+= m &+ 1
            } else {
                i &+= 1
            }
        }
        return -1
    }

    /// The last occurrence inside `text[start..<end]`, or -1. An empty needle is at `end`.
    @inlinable
    public static func findLast<U: CodeUnit>(
        _ needle: UnsafePointer<U>, _ m: Int, _ text: UnsafePointer<U>, _ start: Int, _ end: Int
    ) -> Int {
        if m > end - start { return -1 }
        if m == 0 { return end }
        if m == 1 { return findLast(needle[0], text, start, end) }
        let first = needle[0]
        var mask: UInt64 = 0
        for i in 0..<m { mask |= 1 << UInt64(truncatingIfNeeded: needle[i] & 63) }
        var i = end - m
        while i >= start {
            if text[i] == first {
                var j = m &- 1
                while j > 0 && text[i &+ j] == needle[j] { j &-= 1 }
                if j == 0 { return i }
            }
            if i > start && mask & (1 << UInt64(truncatingIfNeeded: text[i &- 1] & 63)) == 0 {
                i &-= m &+ 1
            } else {
                i &-= 1
            }
        }
        return -1
    }

    /// The number of non-overlapping occurrences, at most `limit`. An empty needle counts every gap.
    @inlinable
    public static func count<U: CodeUnit>(
        _ needle: UnsafePointer<U>, _ m: Int, _ text: UnsafePointer<U>, _ start: Int, _ end: Int, limit: Int = .max
    ) -> Int {
        if end < start { return 0 }
        if m == 0 { return min(end - start, limit - 1) + 1 }
        var n = 0, i = start
        if m == 1 {
            let unit = needle[0]
            while i < end && n < limit {
                if text[i] == unit { n &+= 1 }
                i &+= 1
            }
            return n
        }
        let preparation: TwoWay<U>? = m >= 12 && end - start > 2000 ? TwoWay(needle, m) : nil
        while n < limit {
            let hit = preparation?.find(needle, m, text, i, end) ?? filtered(needle, m, text, i, end)
            if hit < 0 { break }
            n += 1
            i = hit + m
        }
        return n
    }
}

/// The critical factorisation of a needle, with a skip table on the low six bits of a window's last unit.
@usableFromInline
struct TwoWay<U: CodeUnit> {
    @usableFromInline let cut: Int
    @usableFromInline let period: Int
    @usableFromInline let periodic: Bool
    /// 64 shifts: how far the window may slide by its last unit's low bits alone.
    @usableFromInline var table: InlineShifts

    @usableFromInline
    struct InlineShifts {
        @usableFromInline var shifts: [Int32]
        @usableFromInline init(_ m: Int) { shifts = Array(repeating: Int32(truncatingIfNeeded: min(m, 1 << 30)), count: 64) }
    }

    @usableFromInline
    init(_ needle: UnsafePointer<U>, _ m: Int) {
        let (a, p) = TwoWay.maximalSuffix(needle, m, inverted: false)
        let (b, q) = TwoWay.maximalSuffix(needle, m, inverted: true)
        cut = max(a, b)
        let candidate = a > b ? p : q
        var same = cut + candidate <= m
        if same { for i in 0..<cut where needle[i] != needle[i + candidate] { same = false; break } }
        periodic = same
        period = same ? candidate : max(cut, m - cut) + 1
        table = InlineShifts(m)
        for i in 0..<m {
            table.shifts[Int(truncatingIfNeeded: needle[i] & 63)] = Int32(truncatingIfNeeded: min(m - 1 - i, 1 << 30))
        }
    }

    /// The start and the period of the lexicographically greatest suffix.
    private static func maximalSuffix(_ x: UnsafePointer<U>, _ m: Int, inverted: Bool) -> (Int, Int) {
        var suffix = 0, candidate = 1, k = 0, period = 1
        while candidate + k < m {
            let a = x[candidate + k], b = x[suffix + k]
            if inverted ? b < a : a < b {
                candidate += k + 1
                k = 0
                period = candidate - suffix
            } else if a == b {
                if k + 1 == period {
                    candidate += period
                    k = 0
                } else {
                    k += 1
                }
            } else {
                suffix = candidate
                candidate += 1
                (k, period) = (0, 1)
            }
        }
        return (suffix, period)
    }

    @usableFromInline
    func find(_ needle: UnsafePointer<U>, _ m: Int, _ text: UnsafePointer<U>, _ start: Int, _ end: Int) -> Int {
        table.shifts.withUnsafeBufferPointer { shifts in
            var i = start, memory = 0
            while i + m <= end {
                let shift = Int(shifts[Int(truncatingIfNeeded: text[i &+ m &- 1] & 63)])
                if shift > 0 {
                    // After a periodic match an odd unit in the last period rules out all of the overlap.
                    i &+= memory > 0 && shift < period ? max(shift, m - period) : shift
                    memory = 0
                    continue
                }
                var j = max(cut, memory)
                while j < m && needle[j] == text[i &+ j] { j &+= 1 }
                if j < m {
                    i &+= j &- cut &+ 1
                    memory = 0
                    continue
                }
                j = cut
                while j > memory && needle[j &- 1] == text[i &+ j &- 1] { j &-= 1 }
                if j <= memory { return i }
                i &+= period
                memory = periodic ? m - period : 0
            }
            return -1
        }
    }
}
