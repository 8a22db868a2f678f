// What one run of the parser shares with the parsers of its f-string expressions: scratch stacks, warnings, and where
// an inner source stands in the whole.
import PyUnicode

final class ParseContext {
    let scratch = NodeStore<UInt32>()
    let keywordScratch = NodeStore<UInt32>()
    let options: ParseOptions
    /// The whole source, for exact spans.
    let root: Source
    /// The parser must not use stack below this address.
    let stackLimit: UInt
    /// The parser is inside an f-string expression.
    let isFormat: Bool
    /// What is added to lines, and to the columns of the first line.
    let line: Int32
    let column: Int32
    /// Offset of this source's first byte in the whole source.
    let offset: Int
    /// Warnings with the index of the token they belong to.
    var warnings: [(token: Int, warning: SourceWarning)] = []

    init(
        root: Source, options: ParseOptions, stackLimit: UInt? = nil, isFormat: Bool = false, line: Int32 = 0,
        column: Int32 = 0, offset: Int = 0
    ) {
        self.root = root
        let here = stackAddress()
        let budget = UInt(clamping: options.stackBudget)
        self.stackLimit = stackLimit ?? (here > budget ? here - budget : 0)
        self.options = options
        self.isFormat = isFormat
        self.line = line
        self.column = column
        self.offset = offset
    }

    deinit {
        scratch.free()
        keywordScratch.free()
    }

    func nested(line: Int32, column: Int32, offset: Int) -> ParseContext {
        ParseContext(
            root: root, options: options, stackLimit: stackLimit, isFormat: true, line: line, column: column, offset: self.offset + offset)
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

    /// Where an f-string expression stands.
    var place: FStringPlace? { isFormat ? FStringPlace(lineShift: Int(line), columnShift: Int(column)) : nil }

    /// How an f-string expression is tokenised, whatever the whole source is.
    var innerOptions: ParseOptions {
        var plain = options
        plain.mode = .exec
        plain.typeComments = false
        return plain
    }

    /// The same place with scratch space and warnings of its own.
    func copy() -> ParseContext {
        ParseContext(
            root: root, options: options, stackLimit: stackLimit, isFormat: isFormat, line: line, column: column,
            offset: offset)
    }

    /// The error CPython raises at token `index`, the last one read: its place in characters, its line.
    func error(_ message: String, at index: Int, in stream: TokenStream) -> SourceError {
        MistakeTokens(stream, place: place).error(message, kind: .syntaxError, atToken: index, state: index)
    }

    /// What to raise for a parser that failed: what the error pass finds, else what the parser itself had to say.
    func diagnose(_ parser: Parser) -> SourceError {
        if let error = parser.error, error.kind == .memoryError || error.kind == .recursionError { return error }
        if let error = SyntaxErrorPass.check(parser.stream, self) ?? parser.error { return error }
        // The end of an interactive source that holds no statement.
        let span = parser.tokens[parser.position].span
        return MistakeTokens(parser.stream, place: place).error(
            "invalid syntax", kind: .syntaxError, line: Int(span.line), offset: Int(span.column) + 1,
            endLine: Int(span.endLine), endOffset: Int(span.endColumn) + 1, state: parser.position)
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
