// String tokens (prefix and quotes included) and operators.
// CPython: Parser/tokenizer.c (tok_get, letter_quote). Rules: Language Reference 2.4.1, 2.5.
import PyUnicode

extension Tokenizer {
    /// A string whose prefix starts at `start` and whose first quote is the first one from there.
    @inline(never)
    mutating func string(prefix start: Int) {
        var at = start
        while base[at] != 34, base[at] != 39 { at &+= 1 }
        let quote = base[at]
        let firstLine = line
        let firstLineStart = lineStart
        var triple = false
        at &+= 1
        if base[at] == quote {
            if base[at &+ 1] == quote {
                triple = true
                at &+= 2
            } else {
                emit(.string, from: start, to: at &+ 1)
                position = at &+ 1
                return
            }
        }
        while true {
            let c = base[at]
            if c == quote {
                if !triple {
                    at &+= 1
                    break
                }
                if base[at &+ 1] == quote, base[at &+ 2] == quote {
                    at &+= 3
                    break
                }
                at &+= 1
            } else if c == 92 {
                at &+= 1
                if at >= count { continue }
                if base[at] == 10 { newLine(at: at &+ 1, keepsBuffer: true) }
                at &+= 1
            } else if c == 10 {
                if !triple {
                    position = at &+ 1
                    return unterminated(start, firstLine, firstLineStart, triple)
                }
                at &+= 1
                newLine(at: at, keepsBuffer: true)
            } else if c == 0, at >= count {
                position = count
                return unterminated(start, firstLine, firstLineStart, triple)
            } else {
                at &+= 1
            }
        }
        tokens.append(
            Token(
                kind: .string, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: at),
                span: Span(
                    line: firstLine, column: Int32(truncatingIfNeeded: start &- firstLineStart), endLine: line,
                    endColumn: Int32(truncatingIfNeeded: at &- lineStart))))
        position = at
    }

    private mutating func unterminated(_ start: Int, _ firstLine: Int32, _ firstLineStart: Int, _ triple: Bool) {
        let detected = reachedLine
        line = firstLine
        lineStart = firstLineStart
        let kind = triple ? "triple-quoted string" : "string"
        fail("unterminated \(kind) literal (detected at line \(detected))", at: start + 1)
    }

    /// One operator of up to three characters, longest first.
    @inline(__always)
    mutating func operators(_ c: UInt8) {
        let d = base[position &+ 1]
        let equal = d == 61
        switch c {
        case 58: if equal { operatorToken(.colonEqual, 2) } else { operatorToken(.colon, 1) }
        case 44: operatorToken(.comma, 1)
        case 59: operatorToken(.semi, 1)
        case 61: if equal { operatorToken(.eqEqual, 2) } else { operatorToken(.equal, 1) }
        case 43: if equal { operatorToken(.plusEqual, 2) } else { operatorToken(.plus, 1) }
        case 45:
            if equal { operatorToken(.minEqual, 2) } else if d == 62 { operatorToken(.rarrow, 2) } else { operatorToken(.minus, 1) }
        case 42: doubled(c, .star, .starEqual, .doubleStar, .doubleStarEqual)
        case 47: doubled(c, .slash, .slashEqual, .doubleSlash, .doubleSlashEqual)
        case 60:
            if d == 62 { operatorToken(.notEqual, 2) } else { doubled(c, .less, .lessEqual, .leftShift, .leftShiftEqual) }
        case 62: doubled(c, .greater, .greaterEqual, .rightShift, .rightShiftEqual)
        case 37: if equal { operatorToken(.percentEqual, 2) } else { operatorToken(.percent, 1) }
        case 38: if equal { operatorToken(.amperEqual, 2) } else { operatorToken(.amper, 1) }
        case 124: if equal { operatorToken(.vbarEqual, 2) } else { operatorToken(.vbar, 1) }
        case 94: if equal { operatorToken(.circumflexEqual, 2) } else { operatorToken(.circumflex, 1) }
        case 64: if equal { operatorToken(.atEqual, 2) } else { operatorToken(.at, 1) }
        case 33: if equal { operatorToken(.notEqual, 2) } else { operatorToken(.op, 1) }
        case 126: operatorToken(.tilde, 1)
        default:
            // `$`, `?`, a back-quote, a control character: a token no rule knows.
            operatorToken(.op, 1)
        }
    }

    /// An operator whose character may be doubled and may be followed by `=`.
    @inline(__always)
    private mutating func doubled(
        _ c: UInt8, _ one: TokenKind, _ oneEqual: TokenKind, _ two: TokenKind, _ twoEqual: TokenKind
    ) {
        if base[position &+ 1] == c {
            if base[position &+ 2] == 61 { operatorToken(twoEqual, 3) } else { operatorToken(two, 2) }
        } else if base[position &+ 1] == 61 {
            operatorToken(oneEqual, 2)
        } else {
            operatorToken(one, 1)
        }
    }
}
