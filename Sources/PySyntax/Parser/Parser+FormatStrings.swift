// f-strings as 3.10 reads them: the literal is one token, its expressions are cut out and parsed as sources of their
// own, in parentheses.
// CPython: Parser/string_parser.c (fstring_find_literal, fstring_find_expr, fstring_compile_expr). Rules: PEP 498.
import PyUnicode

/// An f-string, or concatenated strings with one among them, under construction. Finished values are on the scratch
/// stack from `mark` on.
struct FormatBuild {
    let mark: UInt32
    var isFormat = false
    /// The text since the last value.
    var literal: [UInt8] = []
    /// Where it stands in the source, for the lab.
    var literalStart = 0
    var literalEnd = 0

    init(mark: UInt32) { self.mark = mark }
}

/// What stays the same while one f-string token is read.
private struct FormatToken {
    /// The token itself, and the run of string tokens it belongs to.
    var index: Int
    var place: Span
    var isRaw: Bool
    var isU: Bool
    var end: Int
}

extension Parser {
    /// Ends the text before a value, or at the end.
    func flushLiteral(_ build: inout FormatBuild, _ place: Span, _ isU: Bool) {
        if build.literal.isEmpty { return }
        let id = add(.constant(value: tree.add(.str(PyText(utf8: build.literal))), isU: isU), place)
        if options.exactSpans { tree.exactSpans[id] = context.exactSpan(build.literalStart..<build.literalEnd) }
        push(id)
        build.literal.removeAll(keepingCapacity: true)
    }

    /// Reads one f-string token into `build`.
    mutating func formatString(
        _ shape: StringShape, _ index: Int, _ first: Int, _ last: Int, _ build: inout FormatBuild
    ) throws(ParseFailure) {
        let token = FormatToken(
            index: index, place: span(first), isRaw: shape.isRaw, isU: base[Int(tokens[first].start)] == 117,
            end: shape.body.upperBound)
        var at = shape.body.lowerBound
        try formatParts(token, &at, 0, &build)
    }

    /// Alternating text and replacement fields, up to the end or, in a format spec, the closing brace.
    private mutating func formatParts(
        _ token: FormatToken, _ at: inout Int, _ nesting: Int, _ build: inout FormatBuild
    ) throws(ParseFailure) {
        build.isFormat = true
        while true {
            let doubled = try formatLiteral(token, &at, nesting, &build)
            if doubled { continue }
            if at >= token.end || base[at] == 125 { break }
            try formatField(token, &at, nesting, &build)
        }
        if nesting == 0, at < token.end { throw fail("f-string: unexpected end of string") }
        if nesting != 0, at >= token.end || base[at] != 125 { throw fail("f-string: expecting '}'") }
    }

    /// Text up to a brace. True if it ended with a doubled brace, so that more text may follow.
    private mutating func formatLiteral(
        _ token: FormatToken, _ at: inout Int, _ nesting: Int, _ build: inout FormatBuild
    ) throws(ParseFailure) -> Bool {
        let start = at
        var textEnd = token.end
        var doubled = false
        scan: while at < token.end {
            let c = base[at]
            if c == 92, !token.isRaw, at + 1 < token.end {
                at += 1
                let escape = base[at]
                at += 1
                if escape == 78 {
                    // The braces of `\N{name}` are no replacement field.
                    if at < token.end, base[at] == 123 {
                        while at < token.end, base[at] != 125 { at += 1 }
                        if at < token.end { at += 1 }
                    }
                    continue
                }
                if escape == 123 || escape == 125 {
                    if escape == 123 { warnInvalidEscape(escape, token.index) }
                    at -= 1
                } else {
                    continue
                }
            } else if c != 123, c != 125 {
                at += 1
                continue
            }
            // At a brace.
            let brace = base[at]
            if nesting == 0 {
                if at + 1 < token.end, base[at + 1] == brace {
                    textEnd = at + 1
                    at += 2
                    doubled = true
                    break scan
                }
                if brace == 125 { throw fail("f-string: single '}' is not allowed") }
            }
            textEnd = at
            break scan
        }
        if start < textEnd {
            if build.literal.isEmpty { build.literalStart = start }
            build.literalEnd = at
            if token.isRaw || !contains(92, start..<textEnd) {
                var high: UInt8 = 0
                build.literal.reserveCapacity(build.literal.count + textEnd - start)
                for index in start..<textEnd {
                    high |= base[index]
                    build.literal.append(base[index])
                }
                if high >= 0x80 { try checkUTF8(start..<textEnd) }
            } else {
                try decodeEscapes(start..<textEnd, token.index, &build.literal)
            }
        }
        return doubled
    }

    /// `{ expression [=] [!conversion] [:spec] }`.
    private mutating func formatField(
        _ token: FormatToken, _ at: inout Int, _ nesting: Int, _ build: inout FormatBuild
    ) throws(ParseFailure) {
        if nesting >= 2 { throw fail("f-string: expressions nested too deeply") }
        let open = at
        at += 1
        let start = at
        try scanExpression(token.end, &at)
        let value = try formatExpression(start..<at, token.index)

        var text: Range<Int>?
        if base[at] == 61 {
            if options.featureVersion < 8 { try require(8, "f-string: self documenting expressions are") }
            at += 1
            while at < token.end, isSpace(base[at]) { at += 1 }
            text = start..<at
            if at >= token.end { throw unexpectedEnd() }
        }
        var conversion = Conversion.none
        if base[at] == 33 {
            at += 1
            if at >= token.end { throw unexpectedEnd() }
            switch base[at] {
            case 115: conversion = .str
            case 114: conversion = .repr
            case 97: conversion = .ascii
            default: throw fail("f-string: invalid conversion character: expected 's', 'r', or 'a'")
            }
            at += 1
            if at >= token.end { throw unexpectedEnd() }
        }
        var spec: ExprID?
        if base[at] == 58 {
            at += 1
            if at >= token.end { throw unexpectedEnd() }
            var inner = FormatBuild(mark: scratch.count)
            let specStart = at
            // 3.10 gives a format spec and the text at its end the span of their own token; its other parts, like those of
            // the string around it, the span of the whole concatenation.
            try formatParts(token, &at, nesting + 1, &inner)
            let own = tokens[token.index]
            flushLiteral(&inner, own.span, base[Int(own.start)] == 117)
            let id = add(.joinedStr(values: list(from: inner.mark)), own.span)
            if options.exactSpans { tree.exactSpans[id] = context.exactSpan(specStart..<at) }
            spec = id
        }
        if at >= token.end || base[at] != 125 { throw unexpectedEnd() }
        at += 1
        if let text {
            if build.literal.isEmpty { build.literalStart = text.lowerBound }
            build.literal.append(contentsOf: UnsafeBufferPointer(start: base + text.lowerBound, count: text.count))
            build.literalEnd = text.upperBound
            // `{x=}` shows the repr unless told otherwise.
            if spec == nil, conversion == .none { conversion = .repr }
        }
        flushLiteral(&build, token.place, token.isU)
        let id = add(.formattedValue(value: value, conversion: conversion, formatSpec: spec), token.place)
        if options.exactSpans { tree.exactSpans[id] = context.exactSpan(open..<at) }
        push(id)
    }

    private mutating func unexpectedEnd() -> ParseFailure { fail("f-string: expecting '}'") }

    private func isSpace(_ c: UInt8) -> Bool { c == 32 || (c >= 9 && c <= 13) }

    /// Finds the end of an expression: a `!`, `:`, `=` or `}` outside brackets and strings that is no operator.
    private mutating func scanExpression(_ end: Int, _ at: inout Int) throws(ParseFailure) {
        var quote: UInt8 = 0
        var isTriple = false
        var open: [UInt8] = []
        while at < end {
            let c = base[at]
            if c == 92 { throw fail("f-string expression part cannot include a backslash") }
            if quote != 0 {
                if c == quote {
                    if isTriple {
                        if at + 2 < end, base[at + 1] == c, base[at + 2] == c {
                            at += 2
                            quote = 0
                        }
                    } else {
                        quote = 0
                    }
                }
                at += 1
                continue
            }
            switch c {
            case 34, 39:
                quote = c
                isTriple = at + 2 < end && base[at + 1] == c && base[at + 2] == c
                if isTriple { at += 2 }
            case 40, 91, 123:
                if open.count >= 200 { throw fail("f-string: too many nested parenthesis") }
                open.append(c)
            case 35: throw fail("f-string expression part cannot include '#'")
            case 33, 61, 60, 62:
                if !open.isEmpty { break }
                if at + 1 < end, base[at + 1] == 61 {
                    at += 2
                    continue
                }
                if c != 60, c != 62 { return try checkEnd(quote, open, end, at) }
            case 58, 125:
                if open.isEmpty { return try checkEnd(quote, open, end, at) }
                if c == 58 { break }
                try closeBracket(c, &open)
            case 41, 93: try closeBracket(c, &open)
            default: break
            }
            at += 1
        }
        try checkEnd(quote, open, end, at)
    }

    private mutating func closeBracket(_ c: UInt8, _ open: inout [UInt8]) throws(ParseFailure) {
        guard let opener = open.popLast() else {
            throw fail("f-string: unmatched '\(Character(Unicode.Scalar(c)))'")
        }
        if !(opener == 40 && c == 41) && !(opener != 40 && c == opener &+ 2) {
            throw fail(
                "f-string: closing parenthesis '\(Character(Unicode.Scalar(c)))' does not match opening parenthesis "
                    + "'\(Character(Unicode.Scalar(opener)))'")
        }
    }

    private mutating func checkEnd(_ quote: UInt8, _ open: [UInt8], _ end: Int, _ at: Int) throws(ParseFailure) {
        if quote != 0 { throw fail("f-string: unterminated string") }
        if let opener = open.last { throw fail("f-string: unmatched '\(Character(Unicode.Scalar(opener)))'") }
        if at >= end { throw unexpectedEnd() }
    }

    /// Parses the expression in `range` of token `index`.
    private mutating func formatExpression(_ range: Range<Int>, _ index: Int) throws(ParseFailure) -> ExprID {
        var isBlank = true
        for at in range where !(base[at] == 32 || base[at] == 9 || base[at] == 10 || base[at] == 12 || base[at] == 13) {
            isBlank = false
            break
        }
        if isBlank { throw fail("f-string: empty expression not allowed") }
        let (line, column) = expressionPlace(range.lowerBound, tokens[index])

        // "(" expression ")" newline, as a source of its own.
        let count = range.count + 3
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Source.padding)
        copy.initialize(to: 40)
        (copy + 1).initialize(from: base + range.lowerBound, count: range.count)
        (copy + 1 + range.count).initialize(to: 41)
        (copy + 2 + range.count).initialize(to: 10)
        (copy + count).initialize(repeating: 0, count: Source.padding)
        let source = Source(takingNormalised: copy, count: count, filename: stream.source.filename, encoding: nil)
        let inner = context.nested(line: line, column: column, offset: range.lowerBound - 1)
        let tokens = tokenizeExpression(source, inner)
        var parser = Parser(stream: tokens, tree: tree, options: options, context: inner)
        do throws(ParseFailure) {
            let value = try parser.starExpressions()
            context.adopt(inner, at: index)
            return value
        } catch {
            self.error = inner.diagnose(parser)
            throw error
        }
    }

    private func tokenizeExpression(_ source: Source, _ inner: ParseContext) -> TokenStream {
        let stream = tokenize(source, options: inner.innerOptions, names: tree.names)
        let store = stream.tokens
        for index in 0..<store.count {
            store.update(index) { token in
                // The first line continues the one the f-string stands on.
                if token.span.endLine == 1 {
                    if token.span.column >= 0 { token.span.column &+= inner.column }
                    if token.span.endColumn >= 0 { token.span.endColumn &+= inner.column }
                }
                token.span.line &+= inner.line
                token.span.endLine &+= inner.line
            }
        }
        return stream
    }

    /// What 3.10 adds to the lines and first-line columns of an expression. `start` is behind the brace.
    private mutating func expressionPlace(_ start: Int, _ token: Token) -> (line: Int32, column: Int32) {
        let open = start - 1
        var at = start
        var newlineFollows = true
        while base[at] != 125, base[at] != 10 {
            if base[at] != 32, base[at] != 9, base[at] != 12 {
                newlineFollows = false
                break
            }
            at += 1
        }
        let tokenStart = Int(token.start)
        // Goes on from the expression before: a token may hold any number of them.
        if formatPlace.tokenStart != tokenStart || formatPlace.read > open { formatPlace = FormatPlace(tokenStart) }
        while formatPlace.read < open {
            if base[formatPlace.read] == 10 {
                formatPlace.lines += 1
                formatPlace.lineStart = formatPlace.read
            }
            formatPlace.read += 1
        }
        let lines = formatPlace.lines
        var columns: Int32 = 0
        if !newlineFollows {
            columns = Int32(truncatingIfNeeded: open - formatPlace.lineStart)
            if base[formatPlace.lineStart] == 10 { columns -= 1 }
        }
        let line = token.span.line + lines - 1
        return (line, lines != 0 ? columns : token.span.column + columns)
    }
}

/// Newlines of a token in front of byte `read`, and the last of them (or the token's start).
struct FormatPlace {
    let tokenStart: Int
    var read: Int
    var lines: Int32 = 0
    var lineStart: Int

    init(_ tokenStart: Int) {
        self.tokenStart = tokenStart
        read = tokenStart
        lineStart = tokenStart
    }
}
