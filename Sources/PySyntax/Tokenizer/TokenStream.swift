// The tokens of one source, made in one go. CPython tokenises on demand; here a tokenizer error is the last token, and
// whoever reads it first reports it.
import PyUnicode

/// All tokens of a source, ending with `.endMarker`, or with `.errorToken` and `error` set.
public final class TokenStream: @unchecked Sendable {
    public let source: Source
    public let tokens = NodeStore<Token>()
    /// The identifiers of the tokens; the tree takes it over.
    public let names: NameTable
    /// What the `.errorToken` at the end stands for.
    public internal(set) var error: TokenError?
    /// `# type: ignore` comments, if type comments were asked for.
    public internal(set) var typeIgnores: [TypeIgnore] = []
    /// Warnings the tokenizer causes (`1if x else y`), each with the index of the token it was found in. CPython issues
    /// them while it tokenises.
    public internal(set) var warnings: [(token: Int, warning: SourceWarning)] = []

    init(source: Source, names: NameTable) {
        self.source = source
        self.names = names
    }

    deinit { tokens.free() }

    public var count: Int { Int(tokens.count) }
    public subscript(index: Int) -> Token { tokens[UInt32(index)] }

    /// The text of a token.
    public func text(_ token: Token) -> [UInt8] { source.bytes(in: Int(token.start)..<Int(token.end)) }
}

/// Why the tokenizer stopped.
public struct TokenError: Sendable {
    public enum Reason: UInt8, Sendable {
        /// The input ended inside brackets, or after a backslash (CPython's E_EOF).
        case endOfInput
        /// Dedent to a column that no block has (E_DEDENT).
        case dedent
        /// E_TABSPACE, E_TOODEEP, E_LINECONT.
        case tabs, tooDeep, lineContinuation
        /// An error with its own message, raised by the tokenizer itself (E_ERROR).
        case message
        /// Bytes that are not UTF-8 in a name (E_DECODE).
        case decode
    }
    public var reason: Reason
    /// What CPython raises when the parser asks for the token.
    public var error: SourceError
    /// The bracket that is open and unclosed innermost, for `.endOfInput`.
    public var openBracket: (offset: Int, line: Int, column: Int)?
}
