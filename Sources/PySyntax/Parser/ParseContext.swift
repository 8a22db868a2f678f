// What one run of the parser shares with the parsers of its f-string expressions: scratch stacks, warnings, and where
// an inner source stands in the whole.
import PyUnicode

final class ParseContext {
    let scratch = NodeStore<UInt32>()
    let keywordScratch = NodeStore<UInt32>()
    let options: ParseOptions
    /// The whole source, for exact spans.
    let root: Source
    /// The parser is inside an f-string expression.
    let isFormat: Bool
    /// What is added to lines, and to the columns of the first line.
    let line: Int32
    let column: Int32
    /// Offset of this source's first byte in the whole source.
    let offset: Int
    /// Warnings with the index of the token they belong to.
    var warnings: [(token: Int, warning: SourceWarning)] = []

    init(root: Source, options: ParseOptions, isFormat: Bool = false, line: Int32 = 0, column: Int32 = 0, offset: Int = 0) {
        self.root = root
        self.options = options
        self.isFormat = isFormat
        self.line = line
        self.column = column
        self.offset = offset
    }

    func nested(line: Int32, column: Int32, offset: Int) -> ParseContext {
        ParseContext(
            root: root, options: options, isFormat: true, line: line, column: column, offset: self.offset + offset)
    }

    func warn(_ warning: SourceWarning, at token: Int) { warnings.append((token, warning)) }

    /// Takes over the warnings of an f-string expression in token `index`.
    func adopt(_ inner: ParseContext, at index: Int) {
        for entry in inner.warnings { warnings.append((index, entry.warning)) }
    }

    /// The true span of a range of this source.
    func exactSpan(_ range: Range<Int>) -> Span {
        let start = root.place(range.lowerBound + offset)
        let end = root.place(range.upperBound + offset)
        return Span(line: start.line, column: start.column, endLine: end.line, endColumn: end.column)
    }

    /// The error CPython raises at a token: its place in characters, its line.
    func error(_ message: String, at token: Token, in stream: TokenStream) -> SourceError {
        let source = stream.source
        let lineInSource = Int(token.span.line - line)
        let endInSource = Int(token.span.endLine - line)
        let shift = isFormat && lineInSource == 1 ? Int(column) : 0
        var offset: Int
        if token.span.column < 0 {
            // INDENT, DEDENT and ENDMARKER: CPython takes the reading position.
            let range = source.range(ofLine: lineInSource)
            offset = token.kind == .endMarker ? min(range.count + 1, Int(token.start) - range.lowerBound) : Int(token.start) - range.lowerBound
            offset = source.errorColumn(line: lineInSource, byteColumn: max(0, offset))
        } else {
            offset = source.errorColumn(line: lineInSource, byteColumn: Int(token.span.column) - shift + 1)
        }
        var endOffset = -1
        if token.span.endColumn >= 0 {
            endOffset = source.errorColumn(line: endInSource, byteColumn: Int(token.span.endColumn) - shift + 1)
        }
        return SourceError(
            kind: .syntaxError, message: PyText((isFormat ? "f-string: " : "") + message), filename: source.filename,
            line: Int(token.span.line), offset: offset, endLine: Int(token.span.endLine), endOffset: endOffset,
            text: source.line(lineInSource, newline: lineInSource == endInSource))
    }

    /// What to raise for a parser that failed.
    func diagnose(_ parser: Parser, in context: ParseContext) -> SourceError {
        let token = parser.tokens[parser.position]
        if token.kind == .errorToken, let error = parser.stream.error { return error.error }
        if let error = parser.error { return error }
        return context.error("invalid syntax", at: token, in: parser.stream)
    }
}

extension Source {
    /// Line and byte column of an offset.
    public func place(_ offset: Int) -> (line: Int32, column: Int32) {
        var low = 0
        var high = lineCount
        while low < high {
            let middle = (low + high) / 2
            if Int(lineStarts[UInt32(middle)]) <= offset { low = middle + 1 } else { high = middle }
        }
        if low == 0 { return (1, 0) }
        return (Int32(low), Int32(truncatingIfNeeded: offset - Int(lineStarts[UInt32(low - 1)])))
    }
}
