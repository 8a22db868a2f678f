// The scanner behind TokenizeView.swift: lines of characters to tokens.
// CPython: Lib/tokenize.py (_tokenize). Where the module's regular expressions decide, the comments quote their gist.
import PyUnicode

struct TokenizeScanner {
    private(set) var tokens: [TokenizeToken] = []
    private let bytes: [UInt8]
    private let encoding: TokenizeEncoding

    private var line: [UInt32] = []
    private var row = 0
    private var brackets = 0
    private var isContinued = false
    private var indents = [0]
    /// A string that goes on over lines: its text, its start, its quotes.
    private var string: (text: [UInt32], row: Int, column: Int, quote: UInt32, isTriple: Bool)?
    /// Set by the first `'...\` string that goes over lines; `tokenize` never clears it where a string starts.
    private var needsContinuation = false

    init(_ bytes: [UInt8], filename: PyText?) throws(TokenizeError) {
        encoding = try TokenizeEncoding(bytes, filename: filename)
        self.bytes = bytes
    }

    mutating func run() throws(TokenizeError) {
        tokens.append(
            TokenizeToken(
                kind: .encoding, string: PyText(encoding.name), startRow: 0, startColumn: 0, endRow: 0, endColumn: 0))
        var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var last: [UInt32] = []
        while true {
            last = line
            let end = at < bytes.count ? bytes[at...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count : at
            line = try encoding.decode(bytes[at..<end])
            at = end
            row += 1
            if try !scanLine() { break }
        }
        finish(last)
    }

    /// One line. False at the end of the input.
    private mutating func scanLine() throws(TokenizeError) -> Bool {
        var position = 0
        if string != nil {
            if line.isEmpty { throw error("EOF in multi-line string", string?.row ?? 0, string?.column ?? 0) }
            guard let end = finishString() else { return true }
            position = end
        } else if brackets == 0, !isContinued {
            if line.isEmpty { return false }
            guard let start = try scanIndentation() else { return false }
            if start < 0 { return true }
            position = start
        } else {
            if line.isEmpty { throw error("EOF in multi-line statement", row, 0) }
            isContinued = false
        }
        while position < line.count { position = scanToken(position) }
        return true
    }

    private func error(_ message: String, _ row: Int, _ column: Int) -> TokenizeError {
        TokenizeError(kind: .tokenError, message: PyText(message), row: row, column: column)
    }

    private mutating func add(_ kind: TokenKind, _ start: Int, _ end: Int) {
        tokens.append(
            TokenizeToken(
                kind: kind, string: PyText(codePoints: line[start..<end]), startRow: row, startColumn: start, endRow: row,
                endColumn: end))
    }

    // MARK: Strings over several lines

    /// The line goes on with a string. The position behind the string's end, nil if the line is used up.
    private mutating func finishString() -> Int? {
        guard var open = string else { return 0 }
        if let end = Self.endOfString(line, 0, quote: open.quote, isTriple: open.isTriple) {
            open.text.append(contentsOf: line[..<end])
            addString(open, .string, endColumn: end)
            string = nil
            needsContinuation = false
            return end
        }
        open.text.append(contentsOf: line)
        let goesOn = line.count > 1 && line[line.count - 1] == 10
            && (line[line.count - 2] == 92 || (line.count > 2 && line[line.count - 2] == 13 && line[line.count - 3] == 92))
        if needsContinuation, !goesOn {
            addString(open, .errorToken, endColumn: line.count)
            string = nil
        } else {
            string = open
        }
        return nil
    }

    private mutating func addString(
        _ open: (text: [UInt32], row: Int, column: Int, quote: UInt32, isTriple: Bool), _ kind: TokenKind, endColumn: Int
    ) {
        tokens.append(
            TokenizeToken(
                kind: kind, string: PyText(codePoints: open.text), startRow: open.row, startColumn: open.column, endRow: row,
                endColumn: endColumn))
    }

    /// The position behind the closing quotes. A backslash does not reach over a newline.
    private static func endOfString(_ line: [UInt32], _ start: Int, quote: UInt32, isTriple: Bool) -> Int? {
        var at = start
        while at < line.count {
            let c = line[at]
            if c == 92 {
                guard at + 1 < line.count, line[at + 1] != 10 else { return nil }
                at += 2
            } else if c == quote {
                if !isTriple { return at + 1 }
                if at + 2 < line.count, line[at + 1] == quote, line[at + 2] == quote { return at + 3 }
                at += 1
            } else {
                at += 1
            }
        }
        return nil
    }

    // MARK: Indentation

    /// The start of a statement. The position of its first token; -1 for a blank line; nil at the end of the input.
    private mutating func scanIndentation() throws(TokenizeError) -> Int? {
        var column = 0
        var at = 0
        scan: while at < line.count {
            switch line[at] {
            case 32: column += 1
            case 9: column = (column / 8 + 1) * 8
            case 12: column = 0
            default: break scan
            }
            at += 1
        }
        if at == line.count { return nil }
        if line[at] == 35 || line[at] == 10 || line[at] == 13 {
            if line[at] == 35 {
                var end = line.count
                while end > at, line[end - 1] == 10 || line[end - 1] == 13 { end -= 1 }
                add(.comment, at, end)
                at = end
            }
            add(.nl, at, line.count)
            return -1
        }
        if column > (indents.last ?? 0) {
            indents.append(column)
            add(.indent, 0, at)
        }
        while column < (indents.last ?? 0) {
            if !indents.contains(column) {
                throw TokenizeError(
                    kind: .indentationError, message: "unindent does not match any outer indentation level", row: row,
                    column: at)
            }
            indents.removeLast()
            add(.dedent, at, at)
        }
        return at
    }

    // MARK: Tokens

    /// The token at `position`, and the position behind it.
    private mutating func scanToken(_ position: Int) -> Int {
        var start = position
        while start < line.count, line[start] == 32 || line[start] == 9 || line[start] == 12 { start += 1 }
        if start == line.count { return start }
        let c = line[start]
        if c == 92, let end = Self.lineEnd(line, start + 1) {
            isContinued = true
            return end
        }
        if c == 35 {
            var end = start
            while end < line.count, line[end] != 10, line[end] != 13 { end += 1 }
            add(.comment, start, end)
            return end
        }
        if let end = scanTripleQuoted(start) { return end }
        if let end = TokenizeNumber.end(line, start) {
            add(.number, start, end)
            return end
        }
        if let end = Self.lineEnd(line, start) {
            add(brackets > 0 ? .nl : .newline, start, end)
            return end
        }
        if let (kind, length) = TokenizeOperator.match(line, start) {
            if kind == .lpar || kind == .lsqb || kind == .lbrace { brackets += 1 }
            if kind == .rpar || kind == .rsqb || kind == .rbrace { brackets -= 1 }
            add(kind, start, start + length)
            return start + length
        }
        if let end = scanQuoted(start) { return end }
        var end = start
        while end < line.count, line[end] == 95 || UCD.isAlnum(line[end]) { end += 1 }
        if end > start {
            add(UCD.isXIDStart(c) ? .name : .op, start, end)
            return end
        }
        // Nothing fits: the first character, be it a blank, is an error.
        add(.errorToken, position, position + 1)
        return position + 1
    }

    /// `\r?\n`
    private static func lineEnd(_ line: [UInt32], _ start: Int) -> Int? {
        guard start < line.count else { return nil }
        if line[start] == 10 { return start + 1 }
        if line[start] == 13, start + 1 < line.count, line[start + 1] == 10 { return start + 2 }
        return nil
    }

    /// The quote behind a string prefix: `b`, `r`, `u`, `f`, `br`, `fr` in any case and order.
    private func quotePosition(_ start: Int) -> Int? {
        var at = start
        var letters: [UInt32] = []
        while at < line.count, letters.count < 3, line[at] != 34, line[at] != 39 {
            letters.append(line[at] | 32)
            if line[at] >= 128 { return nil }
            at += 1
        }
        guard at < line.count, line[at] == 34 || line[at] == 39 else { return nil }
        switch letters {
        case [], [98], [114], [117], [102], [98, 114], [114, 98], [102, 114], [114, 102]: return at
        default: return nil
        }
    }

    private mutating func scanTripleQuoted(_ start: Int) -> Int? {
        guard let at = quotePosition(start), at + 2 < line.count, line[at + 1] == line[at], line[at + 2] == line[at] else {
            return nil
        }
        if let end = Self.endOfString(line, at + 3, quote: line[at], isTriple: true) {
            add(.string, start, end)
            return end
        }
        string = (Array(line[start...]), row, start, line[at], true)
        return line.count
    }

    /// A string on one line, or up to a backslash at the line's end.
    private mutating func scanQuoted(_ start: Int) -> Int? {
        guard let quoteAt = quotePosition(start) else { return nil }
        let quote = line[quoteAt]
        var at = quoteAt + 1
        while at < line.count {
            let c = line[at]
            if c == quote {
                add(.string, start, at + 1)
                return at + 1
            }
            if c == 10 { return nil }
            if c == 92 {
                if let end = Self.lineEnd(line, at + 1) {
                    // `\` CR is an escape too, where no line feed follows it.
                    string = (Array(line[start...]), row, start, quote, false)
                    needsContinuation = true
                    return max(end, line.count)
                }
                at += 1
                if at >= line.count { return nil }
            }
            at += 1
        }
        return nil
    }

    // MARK: The end

    private mutating func finish(_ last: [UInt32]) {
        if let end = last.last, end != 10, end != 13 {
            let first = last.firstIndex { !UCD.isSpace($0) }
            if first.map({ last[$0] != 35 }) ?? true {
                tokens.append(
                    TokenizeToken(
                        kind: .newline, string: "", startRow: row - 1, startColumn: last.count, endRow: row - 1,
                        endColumn: last.count + 1))
            }
        }
        for _ in indents.dropFirst() {
            tokens.append(
                TokenizeToken(kind: .dedent, string: "", startRow: row, startColumn: 0, endRow: row, endColumn: 0))
        }
        tokens.append(
            TokenizeToken(kind: .endMarker, string: "", startRow: row, startColumn: 0, endRow: row, endColumn: 0))
    }
}

/// Numbers as the module's regular expressions match them: the first of imaginary, float, integer that fits.
enum TokenizeNumber {
    static func end(_ line: [UInt32], _ start: Int) -> Int? {
        let c = line[start]
        guard c &- 48 < 10 || c == 46 else { return nil }
        if let digits = decimalDigits(line, start) {
            if isJ(line, digits) { return digits + 1 }
        }
        if let end = float(line, start) { return isJ(line, end) ? end + 1 : end }
        return integer(line, start)
    }

    private static func isJ(_ line: [UInt32], _ at: Int) -> Bool { at < line.count && line[at] | 32 == 106 }

    /// `[0-9](?:_?[0-9])*`
    private static func decimalDigits(_ line: [UInt32], _ start: Int) -> Int? {
        run(line, start, needsDigit: true) { $0 &- 48 < 10 }
    }

    /// Digits with single underscores between them; with `needsDigit` they start with a digit.
    private static func run(
        _ line: [UInt32], _ start: Int, needsDigit: Bool, _ isDigit: (UInt32) -> Bool
    ) -> Int? {
        var at = start
        if needsDigit {
            guard at < line.count, isDigit(line[at]) else { return nil }
            at += 1
        }
        while at < line.count {
            if isDigit(line[at]) {
                at += 1
            } else if line[at] == 95, at + 1 < line.count, isDigit(line[at + 1]) {
                at += 2
            } else {
                break
            }
        }
        return at > start ? at : nil
    }

    private static func float(_ line: [UInt32], _ start: Int) -> Int? {
        var end: Int?
        if let whole = decimalDigits(line, start) {
            if whole < line.count, line[whole] == 46 {
                end = decimalDigits(line, whole + 1) ?? whole + 1
            } else {
                return exponent(line, whole)
            }
        } else if line[start] == 46 {
            end = decimalDigits(line, start + 1)
        }
        guard let end else { return nil }
        return exponent(line, end) ?? end
    }

    private static func exponent(_ line: [UInt32], _ start: Int) -> Int? {
        guard start < line.count, line[start] | 32 == 101 else { return nil }
        var at = start + 1
        if at < line.count, line[at] == 43 || line[at] == 45 { at += 1 }
        return decimalDigits(line, at)
    }

    private static func integer(_ line: [UInt32], _ start: Int) -> Int? {
        guard line[start] &- 48 < 10 else { return nil }
        if line[start] == 48 {
            if start + 1 < line.count {
                let digits: Int?
                switch line[start + 1] | 32 {
                case 120: digits = run(line, start + 2, needsDigit: false) { $0 &- 48 < 10 || ($0 | 32) &- 97 < 6 }
                case 98: digits = run(line, start + 2, needsDigit: false) { $0 &- 48 < 2 }
                case 111: digits = run(line, start + 2, needsDigit: false) { $0 &- 48 < 8 }
                default: digits = nil
                }
                if let digits { return digits }
            }
            return run(line, start, needsDigit: true) { $0 == 48 }
        }
        return decimalDigits(line, start)
    }
}

/// The longest operator at a place.
enum TokenizeOperator {
    static func match(_ line: [UInt32], _ start: Int) -> (TokenKind, Int)? {
        let a = line[start]
        let b = start + 1 < line.count ? line[start + 1] : 0
        let c = start + 2 < line.count ? line[start + 2] : 0
        if b != 0, c != 0, let kind = three(a, b, c) { return (kind, 3) }
        if b != 0, let kind = two(a, b) { return (kind, 2) }
        return one(a).map { ($0, 1) }
    }

    private static func three(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> TokenKind? {
        switch (a, b, c) {
        case (42, 42, 61): .doubleStarEqual
        case (46, 46, 46): .ellipsis
        case (47, 47, 61): .doubleSlashEqual
        case (60, 60, 61): .leftShiftEqual
        case (62, 62, 61): .rightShiftEqual
        default: nil
        }
    }

    private static func two(_ a: UInt32, _ b: UInt32) -> TokenKind? {
        switch (a, b) {
        case (33, 61): .notEqual
        case (37, 61): .percentEqual
        case (38, 61): .amperEqual
        case (42, 42): .doubleStar
        case (42, 61): .starEqual
        case (43, 61): .plusEqual
        case (45, 61): .minEqual
        case (45, 62): .rarrow
        case (47, 47): .doubleSlash
        case (47, 61): .slashEqual
        case (58, 61): .colonEqual
        case (60, 60): .leftShift
        case (60, 61): .lessEqual
        case (61, 61): .eqEqual
        case (62, 61): .greaterEqual
        case (62, 62): .rightShift
        case (64, 61): .atEqual
        case (94, 61): .circumflexEqual
        case (124, 61): .vbarEqual
        default: nil
        }
    }

    private static func one(_ a: UInt32) -> TokenKind? {
        switch a {
        case 37: .percent
        case 38: .amper
        case 40: .lpar
        case 41: .rpar
        case 42: .star
        case 43: .plus
        case 44: .comma
        case 45: .minus
        case 46: .dot
        case 47: .slash
        case 58: .colon
        case 59: .semi
        case 60: .less
        case 61: .equal
        case 62: .greater
        case 64: .at
        case 91: .lsqb
        case 93: .rsqb
        case 94: .circumflex
        case 123: .lbrace
        case 124: .vbar
        case 125: .rbrace
        case 126: .tilde
        default: nil
        }
    }
}
