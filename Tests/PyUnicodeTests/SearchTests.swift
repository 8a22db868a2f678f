// Substring search against the obvious quadratic one, on texts of few letters where near misses abound.
import PyUnicode
import Testing

@Suite struct SearchTests {
    var x: UInt64 = 7
    mutating func next(_ n: Int) -> Int {
        x = x &* 6364136223846793005 &+ 1442695040888963407
        return Int(x >> 33) % n
    }

    static func naive<U: Equatable>(_ text: [U], _ needle: [U]) -> [Int] {
        guard needle.count <= text.count else { return [] }
        return (0...(text.count - needle.count)).filter { i in
            (0..<needle.count).allSatisfy { text[i + $0] == needle[$0] }
        }
    }

    static func check<U: CodeUnit>(_ text: [U], _ needle: [U]) {
        let hits = naive(text, needle)
        text.withUnsafeBufferPointer { t in
            needle.withUnsafeBufferPointer { n in
                guard let tb = t.baseAddress, let nb = n.baseAddress else { return }
                #expect(TextSearch.find(nb, n.count, tb, 0, t.count) == hits.first ?? -1)
                #expect(TextSearch.findLast(nb, n.count, tb, 0, t.count) == hits.last ?? -1)
                var apart = 0, free = 0
                for hit in hits where hit >= free { (apart, free) = (apart + 1, hit + n.count) }
                #expect(TextSearch.count(nb, n.count, tb, 0, t.count) == apart)
            }
        }
    }

    @Test mutating func shortAndLongNeedles() {
        for round in 0..<4000 {
            let letters = 1 + next(3), long = round % 20 == 0
            let text = (0..<(long ? 2100 + next(500) : 1 + next(80))).map { _ in UInt8(97 + next(letters)) }
            var needle = (0..<(1 + next(long ? 40 : 12))).map { _ in UInt8(97 + next(letters)) }
            if next(3) == 0, text.count > needle.count {
                let at = next(text.count - needle.count)
                needle = Array(text[at..<(at + needle.count)])
            }
            if next(4) == 0 { needle = Array((needle + needle + needle).prefix(40)) }
            Self.check(text, needle)
            Self.check(text.map { UInt16($0) + 0x400 }, needle.map { UInt16($0) + 0x400 })
            if round % 8 == 0 { Self.check(text.map { UInt32($0) + 0x10000 }, needle.map { UInt32($0) + 0x10000 }) }
        }
    }
}
