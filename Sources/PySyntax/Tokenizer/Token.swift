// The tokens the parser reads. Numbers are CPython 3.10's exact token types (`Lib/token.py`).

/// An exact token type. Raw values are those of the `token` module.
@frozen
public enum TokenKind: UInt8, Sendable, CaseIterable {
    case endMarker = 0, name, number, string, newline, indent, dedent
    case lpar = 7, rpar, lsqb, rsqb, colon, comma, semi, plus, minus, star, slash, vbar, amper, less, greater, equal, dot
    case percent = 24, lbrace, rbrace, eqEqual, notEqual, lessEqual, greaterEqual, tilde, circumflex, leftShift, rightShift
    case doubleStar = 35, plusEqual, minEqual, starEqual, slashEqual, percentEqual, amperEqual, vbarEqual, circumflexEqual
    case leftShiftEqual = 44, rightShiftEqual, doubleStarEqual, doubleSlash, doubleSlashEqual, at, atEqual, rarrow, ellipsis
    case colonEqual = 53, op, await, async, typeIgnore, typeComment
    case softKeyword = 59
    /// The tokenizer failed here; the tree builder reports `Tokens.error`.
    case errorToken = 60
    // Only the `tokenize` module's view has these.
    case comment = 61, nl, encoding
}

/// One token of the decoded, newline-normalised source. Trivial; 32 bytes.
@frozen
public struct Token: Sendable {
    public var kind: TokenKind
    /// For `.name`: the keyword it is, 0 if none (`ReservedWord` raw value). Soft keywords are plain names.
    public var keyword: UInt8
    /// For `.name` that is no keyword: the `NameID` of the (NFKC normalised) identifier in the stream's table.
    public var name: UInt32
    /// Offsets into the decoded UTF-8 source.
    public var start: UInt32
    public var end: UInt32
    public var span: Span

    @inlinable
    public init(kind: TokenKind, keyword: UInt8 = 0, name: UInt32 = 0, start: UInt32, end: UInt32, span: Span) {
        self.kind = kind
        self.keyword = keyword
        self.name = name
        self.start = start
        self.end = end
        self.span = span
    }
}
