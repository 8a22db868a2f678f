// Builds the literals the error pass meets, for the errors that building them raises: bad escapes, f-string fields,
// numbers too long. CPython builds them while it parses, so the first one met decides.
import PyUnicode

struct LiteralCheck {
    let stream: TokenStream
    let context: ParseContext

    /// Builds the strings from token `index` on.
    func strings(at index: Int) throws(SourceError) { try build(index) { parser throws(ParseFailure) in _ = try parser.strings() } }

    /// Builds the number at token `index`.
    func number(at index: Int) throws(SourceError) { try build(index) { parser throws(ParseFailure) in _ = try parser.number() } }

    private func build(
        _ index: Int, _ body: (inout Parser) throws(ParseFailure) -> Void
    ) throws(SourceError) {
        // A tree and warnings of its own: what is built here is thrown away.
        let scratch = context.copy()
        var parser = Parser(
            stream: stream, tree: SyntaxTree(names: stream.names), options: context.options, context: scratch)
        parser.position = index
        do throws(ParseFailure) { try body(&parser) } catch {
            if let error = parser.error { throw error }
        }
    }
}
