// Makes inputs: slices of real sources, changed a little or a lot, nested deeply, or random bytes. Deterministic: an
// input is a function of the seed and its number.

/// SplitMix64.
struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ n: Int) -> Int { n <= 0 ? 0 : Int(next() % UInt64(n)) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}

struct Mutator {
    /// Line-aligned sources to cut slices from.
    let corpus: [[UInt8]]

    private static let fragments: [[UInt8]] = [
        "(", ")", "[", "]", "{", "}", ":", ",", ";", ".", "=", "==", ":=", "->", "*", "**", "@", "\\", "\n", "\r\n", "\r", "\t", "\u{0C}", "\0",
        "'", "\"", "'''", "\"\"\"", "f'", "f\"{", "rb'", "{x!r:>{w}}", "{{", "}}", "#", "# type: ignore", "# type: int\n", "    ", "\n        ", " \t",
        "lambda", "lambda x:", "yield", "await ", "async ", "def f(", "class A:", "if ", "else", "elif ", "for ", " in ", "while ", "with ", "try:", "except", "finally:",
        "match x:\n case ", "case _:", "import ", "from . import *", "global x", "nonlocal y", "del ", "return", "raise ", "assert ", "pass", "not ", " is ", " and ", " or ",
        "None", "True", "...", "0x", "0b2", "1_", "1e", "1j", "99999999999999999999999", "0777", "1if 1else 2", "\\N{DIGIT ONE}", "\\x", "\\u12", "\\U00110000", "é", "ｘ", "\u{2026}", "\u{FEFF}",
        "# -*- coding: latin-1 -*-\n", "# coding: utf-16\n", "print x", "exec 'a'", "__debug__", "a if b else", "x: int = ", "*a, b", "<>", "!=", "~", "`", "$", "?",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x80, 0x80]]

    private static let nestings: [(String, String)] = [
        ("(", ")"), ("[", "]"), ("{", "}"), ("{1:", "}"), ("-", ""), ("not ", ""), ("lambda:", ""), ("~", ""), ("a.", "b"), ("f(", ")"), ("a[", "]"), ("await ", ""),
        ("f'{", "}'"), ("a if b else ", ""), ("*", ""), ("a,", ""), ("a=", ""), ("a and ", ""), ("a+", ""), ("a**", ""), ("if a:\n ", ""), ("(yield ", ")"), ("x:=", ""), ("@a\n", ""), ("[x for x in ", "]"),
        ("a<", ""), ("'a' ", ""), ("else:\n", ""), ("\t", ""), ("def f():\n ", ""), ("match a:\n case ", ""), ("case [", "]"), ("f\"{f'{", "}'}\""), ("\\\n", ""), ("(a,", ")"), ("not(", ")"), ("a.b", ""), ("a()", ""), ("a[0]", ""),
    ]

    func make(_ g: inout Generator) -> [UInt8] {
        switch g.below(20) {
        case 0: return (0..<g.below(200)).map { _ in UInt8(truncatingIfNeeded: g.next()) }
        case 1: return nested(&g)
        case 2: return (0..<1 + g.below(30)).flatMap { _ in g.pick(Self.fragments) }
        default: return mutated(&g)
        }
    }

    private func slice(_ g: inout Generator) -> [UInt8] {
        guard !corpus.isEmpty else { return Array("def f(x):\n    return f'{x!r}'\n".utf8) }
        let source = g.pick(corpus)
        if source.isEmpty { return [] }
        var start = g.below(source.count)
        while start > 0 && source[start - 1] != 10 { start -= 1 }
        return Array(source[start..<min(source.count, start + 20 + g.below(1200))])
    }

    private func mutated(_ g: inout Generator) -> [UInt8] {
        var text = slice(&g)
        for _ in 0..<g.below(6) {
            let at = g.below(text.count + 1)
            let length = min(1 + g.below(12), text.count - at)
            switch g.below(7) {
            case 0: text.removeSubrange(at..<at + length)
            case 1: text.insert(contentsOf: g.pick(Self.fragments), at: at)
            case 2: text.insert(contentsOf: text[at..<at + length], at: g.below(text.count + 1))
            case 3: if at < text.count { text[at] = UInt8(truncatingIfNeeded: g.next()) }
            case 4: text.removeSubrange(at...)
            case 5:
                let other = slice(&g)
                text.insert(contentsOf: other.prefix(g.below(200)), at: at)
            default:
                if at < text.count { text[at] = text[g.below(text.count)] }
            }
        }
        return text
    }

    private func nested(_ g: inout Generator) -> [UInt8] {
        let depth = g.pick([3, 20, 99, 101, 199, 201, 1000, 3000, 20000])
        var opening: [UInt8] = [], closing: [UInt8] = []
        let parts = (0..<1 + g.below(2)).map { _ in g.pick(Self.nestings) }
        let growIndent = g.chance(10)
        for level in 0..<(growIndent ? min(depth, 300) : depth) {
            let part = parts[level % parts.count]
            opening += part.0.utf8
            if growIndent && part.0.hasSuffix("\n ") { opening += [UInt8](repeating: 32, count: level) }
            closing += part.1.utf8
        }
        return opening + Array("x".utf8) + (g.chance(80) ? closing : [])
    }
}
