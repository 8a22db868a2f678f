// Builds the literals the error pass meets, for the errors that building them raises: bad escapes, f-string fields,
// numbers too long. CPython builds them while it parses, so the first one met decides.
import PyUnicode

final class LiteralCheck {
    private let stream: TokenStream
    let context: ParseContext
    /// What is built here is thrown away.
    private let tree: SyntaxTree
    private let scratch: ParseContext

    init(stream: TokenStream, context: ParseContext) {
        self.stream = stream
        self.context = context
        tree = SyntaxTree(names: stream.names)
        scratch = context.copy()
    }

    /// Builds the strings from token `index` on.
    func strings(at index: Int) throws(SourceError) {
        if isHarmless(stringsFrom: index) { return }
        try build(index) { parser throws(ParseFailure) in _ = try parser.strings() }
    }

    /// Builds the number at token `index`.
    func number(at index: Int) throws(SourceError) {
        // Only an old version or too many digits can be refused.
        let token = stream[index]
        let limit = context.options.intMaxStrDigits
        if context.options.featureVersion >= 6, limit == 0 || Int(token.end - token.start) <= limit { return }
        try build(index) { parser throws(ParseFailure) in _ = try parser.number() }
    }

    /// Plain ASCII strings without prefix and backslash: nothing to refuse.
    private func isHarmless(stringsFrom index: Int) -> Bool {
        var at = index
        while at < stream.count, stream[at].kind == .string {
            let text = stream.text(stream[at])
            guard let first = text.first, first == 0x22 || first == 0x27 else { return false }
            for byte in text where byte >= 0x80 || byte == 0x5C { return false }
            at += 1
        }
        return true
    }

    private func build(
        _ index: Int, _ body: (inout Parser) throws(ParseFailure) -> Void
    ) throws(SourceError) {
        var parser = Parser(stream: stream, tree: tree, options: context.options, context: scratch)
        parser.position = index
        do throws(ParseFailure) { try body(&parser) } catch {
            if let error = parser.error { throw error }
        }
    }
}
