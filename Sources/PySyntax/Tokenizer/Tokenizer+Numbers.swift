// Number tokens: their extent and what may not follow them. Values are made by the parser.
// CPython: Parser/tokenizer.c (tok_get, verify_end_of_number). Rules: Language Reference 2.4.4-2.4.7; PEP 515.
import PyUnicode

extension Tokenizer {
    private enum Kind { case decimal, hexadecimal, octal, binary, imaginary }

    /// A number starts at `position` (a digit, or a dot before a digit).
    @inline(__always)
    mutating func number() {
        var at = position
        // The short common case: a few digits and then nothing a number could go on with.
        if base[at] != 48 {
            while base[at] &- 48 < 10 { at &+= 1 }
            let c = base[at]
            if at > position, !((c | 0x20) &- 97 < 26 || c == 95 || c == 46 || c >= 0x80) {
                emit(.number, from: position, to: at)
                position = at
                return
            }
        }
        longNumber()
    }

    @inline(never)
    private mutating func longNumber() {
        let start = position
        var at = start
        if base[at] == 46 {
            fraction(start, at)
            return
        }
        guard base[at] == 48 else {
            guard let end = decimalTail(at) else { return }
            afterInteger(start, end)
            return
        }
        switch base[at + 1] | 0x20 {
        case 120: radix(start, .hexadecimal)
        case 111: radix(start, .octal)
        case 98: radix(start, .binary)
        default:
            // Zeros, then perhaps digits that only a float or an imaginary may have.
            at += 1
            while true {
                if base[at] == 95 {
                    at += 1
                    if base[at] &- 48 >= 10 {
                        fail("invalid decimal literal", at: at)
                        return
                    }
                }
                if base[at] != 48 { break }
                at += 1
            }
            guard base[at] &- 48 < 10 else {
                afterInteger(start, at)
                return
            }
            let zerosEnd = at + 1
            guard let end = decimalTail(at) else { return }
            let c = base[end]
            if c == 46 || c | 0x20 == 101 || c | 0x20 == 106 {
                afterInteger(start, end)
            } else {
                fail(
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                    at: end, columns: start - lineStart + 1...zerosEnd - lineStart)
            }
        }
    }

    /// Digits with single underscores between them; nil after an error.
    private mutating func decimalTail(_ from: Int) -> Int? {
        var at = from
        while true {
            while base[at] &- 48 < 10 { at += 1 }
            if base[at] != 95 { return at }
            at += 1
            if base[at] &- 48 >= 10 {
                fail("invalid decimal literal", at: at)
                return nil
            }
        }
    }

    private mutating func afterInteger(_ start: Int, _ at: Int) {
        switch base[at] {
        case 46: fraction(start, at)
        case 101, 69: exponent(start, at)
        case 106, 74: finish(start, at + 1, .imaginary)
        default: finish(start, at, .decimal)
        }
    }

    /// `at` is at the dot.
    private mutating func fraction(_ start: Int, _ at: Int) {
        var end = at + 1
        if base[end] &- 48 < 10 {
            guard let tail = decimalTail(end) else { return }
            end = tail
        }
        switch base[end] {
        case 101, 69: exponent(start, end)
        case 106, 74: finish(start, end + 1, .imaginary)
        default: finish(start, end, .decimal)
        }
    }

    /// `at` is at the `e`.
    private mutating func exponent(_ start: Int, _ at: Int) {
        var end = at + 1
        if base[end] == 43 || base[end] == 45 {
            end += 1
            if base[end] &- 48 >= 10 {
                fail("invalid decimal literal", at: end)
                return
            }
        } else if base[end] &- 48 >= 10 {
            // Not an exponent: `1else` is two tokens, `1e` is an error.
            finish(start, at, .decimal)
            return
        }
        guard let tail = decimalTail(end) else { return }
        if base[tail] | 0x20 == 106 { finish(start, tail + 1, .imaginary) } else { finish(start, tail, .decimal) }
    }

    private mutating func radix(_ start: Int, _ kind: Kind) {
        var at = start + 2
        repeat {
            if base[at] == 95 { at += 1 }
            guard isDigit(base[at], kind) else {
                if kind != .hexadecimal, base[at] &- 48 < 10 { return digitError(at, kind) }
                fail("invalid \(kind) literal", at: at)
                return
            }
            while isDigit(base[at], kind) { at += 1 }
        } while base[at] == 95
        if kind != .hexadecimal, base[at] &- 48 < 10 { return digitError(at, kind) }
        finish(start, at, kind)
    }

    private func isDigit(_ c: UInt8, _ kind: Kind) -> Bool {
        switch kind {
        case .binary: return c &- 48 < 2
        case .octal: return c &- 48 < 8
        case .hexadecimal: return c &- 48 < 10 || (c | 0x20) &- 97 < 6
        case .decimal, .imaginary: return c &- 48 < 10
        }
    }

    private mutating func digitError(_ at: Int, _ kind: Kind) {
        fail("invalid digit '\(Character(Unicode.Scalar(base[at])))' in \(kind) literal", at: at + 1)
    }

    /// Ends the token at `end` unless letters follow; the keywords that may follow a number cause a warning.
    private mutating func finish(_ start: Int, _ end: Int, _ kind: Kind) {
        if isNameByte(base[end]) {
            let message = "invalid \(kind) literal"
            guard followsNumber(end) else {
                fail(message, at: end)
                return
            }
            position = end
            let warning = SourceWarning(
                category: .deprecationWarning, message: PyText(message), line: Int(line),
                error: lexicalError(message, at: end))
            let index = Int(tokens.count)
            stream._withUnsafeGuaranteedRef { $0.warnings.append((token: index, warning: warning)) }
        }
        emit(.number, from: start, to: end)
        position = end
    }

    private func isNameByte(_ c: UInt8) -> Bool { (c | 0x20) &- 97 < 26 || c &- 48 < 10 || c == 95 || c >= 0x80 }

    /// `and`, `else`, `for`, `if`, `in`, `is`, `not`, `or`: what may stand behind a number in valid code.
    private func followsNumber(_ at: Int) -> Bool {
        let a = base[at + 1]
        // Safe: the padding makes up to 15 bytes of look-ahead readable.
        switch base[at] {
        case 97: return a == 110 && base[at + 2] == 100 && !isNameByte(base[at + 3])
        case 101: return a == 108 && base[at + 2] == 115 && base[at + 3] == 101 && !isNameByte(base[at + 4])
        case 102: return a == 111 && base[at + 2] == 114 && !isNameByte(base[at + 3])
        // CPython looks at two letters only here: `1inx` is a number and a name.
        case 105: return a == 102 || a == 110 || a == 115
        case 110: return a == 111 && base[at + 2] == 116 && !isNameByte(base[at + 3])
        case 111: return a == 114 && !isNameByte(base[at + 2])
        default: return false
        }
    }
}
