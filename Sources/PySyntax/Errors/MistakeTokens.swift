// The tokens of a failing source with what the error pass needs besides: keywords by number, bracket depth, and where
// CPython's tokenizer stood after reading each. That place decides which line an error shows.
// CPython: Parser/pegen.c (_PyPegen_raise_error_known_location), Parser/tokenizer.c (tok_underflow_string).
import PyUnicode

/// Where an f-string expression, parsed as a source of its own, stands in the real one.
public struct FStringPlace: Hashable, Sendable {
    /// What was added to the line numbers of the expression's tokens.
    public var lineShift: Int
    /// What was added to the columns on the expression's first line.
    public var columnShift: Int

    public init(lineShift: Int, columnShift: Int) {
        self.lineShift = lineShift
        self.columnShift = columnShift
    }
}

struct MistakeToken {
    var kind: TokenKind
    var start: UInt32
    var end: UInt32
    /// In the expression's own source.
    var span: Span

    /// ENDMARKER, NEWLINE, INDENT, DEDENT: nodes do not end with them.
    var isWhitespace: Bool {
        switch kind {
        case .endMarker, .newline, .indent, .dedent: true
        default: false
        }
    }
}

/// A view of the tokens: making one costs nothing.
struct MistakeTokens {
    let source: Source
    let place: FStringPlace?
    private let stream: TokenStream
    let count: Int
    private let readsFile: Bool
    private var failure: TokenError? { stream.error }

    init(_ stream: TokenStream, place: FStringPlace?, readsFile: Bool = false) {
        source = stream.source
        self.readsFile = readsFile
        self.place = place
        self.stream = stream
        count = max(1, stream.count)
    }

    /// Token `index`, clamped.
    subscript(index: Int) -> MistakeToken {
        guard stream.count > 0 else {
            let span = Span(line: 1, column: -1, endLine: 1, endColumn: -1)
            return MistakeToken(kind: .endMarker, start: 0, end: 0, span: span)
        }
        let token = stream[max(0, min(index, stream.count - 1))]
        return MistakeToken(
            kind: token.kind, start: token.start, end: token.end,
            span: place.map { Self.unshifted(token.span, $0) } ?? token.span)
    }

    /// For each token its `HardKeyword` number, or 0, and the number of brackets open after it.
    func keywordsAndLevels() -> (keywords: [UInt8], levels: [UInt16]) {
        var keywords = [UInt8](repeating: 0, count: count)
        var levels = [UInt16](repeating: 0, count: count)
        var level: UInt16 = 0
        for index in 0..<count {
            switch self[index].kind {
            case .name: keywords[index] = HardKeyword.number(of: text(index)) ?? 0
            case .lpar, .lsqb, .lbrace: level += 1
            case .rpar, .rsqb, .rbrace: level = level > 0 ? level - 1 : 0
            default: break
            }
            levels[index] = level
        }
        return (keywords, levels)
    }

    /// The span in the expression's own source.
    private static func unshifted(_ span: Span, _ place: FStringPlace) -> Span {
        var span = span
        span.line -= Int32(clamping: place.lineShift)
        span.endLine -= Int32(clamping: place.lineShift)
        if span.endLine == 1 {
            if span.column >= 0 { span.column -= Int32(clamping: place.columnShift) }
            if span.endColumn >= 0 { span.endColumn -= Int32(clamping: place.columnShift) }
        }
        return span
    }

    func text(_ index: Int) -> [UInt8] {
        let token = self[index]
        return source.bytes(in: Int(token.start)..<Int(token.end))
    }

    func hasFormatPrefix(_ index: Int) -> Bool {
        for byte in text(index) {
            if byte == 0x22 || byte == 0x27 { return false }
            if byte | 0x20 == 0x66 { return true }
        }
        return false
    }

    func shiftedLine(_ line: Int32) -> Int { Int(line) + (place?.lineShift ?? 0) }

    // MARK: Where the tokenizer stands

    /// The line, and the column in bytes, of the tokenizer's cursor after reading token `index`.
    func cursor(afterReading index: Int) -> (line: Int, column: Int) {
        let token = self[index]
        let line = Int(token.span.endLine)
        if token.span.endColumn < 0 {
            return (line, max(0, Int(token.start) - source.range(ofLine: line).lowerBound))
        }
        return (line, Int(token.span.endColumn) + (token.kind == .newline ? 1 : 0))
    }

    /// The line the tokenizer's buffer starts with: it keeps the lines of a logical line that a string or a backslash
    /// goes across.
    private func bufferLine(afterReading index: Int) -> Int {
        var at = max(0, min(index, count - 1))
        var line = Int(self[at].span.endLine)
        while line > 1 {
            let start = source.range(ofLine: line).lowerBound
            while at > 0, Int(self[at].start) >= start { at -= 1 }
            let token = self[at]
            if Int(token.start) < start, Int(token.span.endLine) >= line, token.span.line < line, token.span.column >= 0 {
                line = Int(token.span.line)
            } else if endsWithBackslash(line - 1, from: Int(token.end)) {
                line -= 1
            } else {
                break
            }
        }
        return line
    }

    /// Whether line `number` goes on with a backslash behind its last token, which ends at `end`.
    private func endsWithBackslash(_ number: Int, from end: Int) -> Bool {
        let range = source.range(ofLine: number)
        let low = max(range.lowerBound, end)
        guard low < range.upperBound, source.byte(at: range.upperBound - 1) == 0x5C else { return false }
        for offset in low..<range.upperBound where source.byte(at: offset) == 0x23 { return false }
        return true
    }

    // MARK: Errors

    /// An error at a token; at a token without text it is where the tokenizer stands.
    func error(_ message: String, kind: SourceErrorKind, atToken index: Int, state: Int) -> SourceError {
        let token = self[index]
        let span = token.span
        if span.column < 0 {
            let offset = readsFile && self[state].start >= source.count ? 0 : cursor(afterReading: state).column
            return error(
                message, kind: kind, line: Int(span.line), offset: offset, endLine: Int(span.endLine), endOffset: -1,
                state: state, hasColumn: false)
        }
        return error(
            message, kind: kind, line: Int(span.line), offset: Int(span.column) + 1, endLine: Int(span.endLine),
            endOffset: Int(span.endColumn) + 1, state: state)
    }

    /// An error at a place of the source.
    /// - Parameters:
    ///   - line, offset, endLine, endOffset: lines from 1; offsets in bytes from 1, 0 and -1 stand for themselves.
    ///   - state: the last token read.
    func error(
        _ message: String, kind: SourceErrorKind, line: Int, offset: Int, endLine: Int, endOffset: Int, state: Int,
        hasColumn: Bool = true
    ) -> SourceError {
        let shift = place?.lineShift ?? 0
        let reached = cursor(afterReading: state).line
        let shown: [UInt8]
        if reached <= line {
            let start = source.range(ofLine: bufferLine(afterReading: state)).lowerBound
            let end = min(source.range(ofLine: reached).upperBound + 1, source.count)
            shown = source.bytes(in: start..<max(start, end))
        } else {
            // Where the source was transcoded, CPython compares pointers into two buffers here, and shows the first
            // line or this one as chance has it.
            shown = source.bytes(in: source.range(ofLine: line))
        }
        let text = PyText(replacingBadUTF8: shown)
        var first = offset
        var last = endOffset
        if let place {
            // CPython moves the columns of the first line only, but moves every error back.
            if line > 1 || !hasColumn { first -= place.columnShift }
            if endLine > 1 || endOffset <= 0 { last -= place.columnShift }
        }
        if source.encoding != nil {
            first = characters(first, in: text)
            if last > 0 { last = characters(last, in: text) }
        }
        return SourceError(
            kind: kind, message: PyText(place == nil ? message : "f-string: " + message),
            filename: source.filename, line: source.count == 0 ? 0 : line + shift, offset: first,
            endLine: source.count == 0 ? 0 : endLine + shift, endOffset: last, text: text)
    }

    private func characters(_ bytes: Int, in text: PyText) -> Int {
        let count = max(0, min(bytes, text.utf8.count + 1))
        if text.isASCII { return min(count, text.utf8.count + 1) }
        let head = PyText(replacingBadUTF8: Array(text.utf8.prefix(count)))
        // Reading one byte past the text meets its terminating NUL.
        return head.count + (count > text.utf8.count ? 1 : 0)
    }

    /// An error of the tokenizer itself, in the lines of the whole source.
    private func shifted(_ error: SourceError) -> SourceError {
        var error = error
        if let place {
            error.line = error.line.map { $0 + place.lineShift }
            error.endLine = error.endLine.map { $0 + place.lineShift }
        }
        return error
    }

    /// What CPython raises when its parser asks for the error token.
    func tokenizerError() -> SourceError {
        let index = count - 1
        guard let failure else {
            return error("invalid syntax", kind: .syntaxError, atToken: index, state: index)
        }
        switch failure.reason {
        case .lineContinuation:
            // The column counts from the start of the tokenizer's buffer.
            let line = Int(self[index].span.line)
            let start = source.range(ofLine: bufferLine(afterReading: index)).lowerBound
            return error(
                failure.error.message.string, kind: .syntaxError, line: line, offset: Int(self[index].start) - start,
                endLine: line, endOffset: 0, state: index)
        case .endOfInput:
            if let open = openBracket() { return unclosedError(open, state: index) }
            return failure.error
        case .message: return shifted(failure.error)
        case .dedent, .tabs, .tooDeep, .decode: return failure.error
        }
    }

    /// CPython reads on to the end of a refused source: an error of the tokenizer there, or a bracket open since before
    /// the line of the error, is reported instead.
    func laterError(than state: Int) -> SourceError? {
        let index = count - 1
        guard self[index].kind == .errorToken, state < index, let failure else { return nil }
        if failure.reason == .message { return shifted(failure.error) }
        if failure.reason == .decode {
            // Met while reading on, the decoder's exception is nobody's to turn into a SyntaxError.
            let message = failure.error.message.utf8.dropFirst("(unicode error) ".utf8.count)
            return SourceError(kind: .unicodeDecodeError, message: PyText(utf8: Array(message)))
        }
        guard let bracket = openBracket(), self[state].span.line > self[bracket].span.line else { return nil }
        return unclosedError(bracket, state: index)
    }

    /// The innermost bracket that is never closed.
    private func openBracket() -> Int? {
        var open: [Int] = []
        for number in 0..<count {
            switch self[number].kind {
            case .lpar, .lsqb, .lbrace: open.append(number)
            case .rpar, .rsqb, .rbrace: _ = open.popLast()
            default: break
            }
        }
        return open.last
    }

    private func unclosedError(_ bracket: Int, state: Int) -> SourceError {
        let span = self[bracket].span
        return error(
            "'\(String(decoding: text(bracket), as: UTF8.self))' was never closed", kind: .syntaxError, line: Int(span.line),
            offset: Int(span.column) + 1, endLine: Int(span.line), endOffset: 0, state: state)
    }
}
