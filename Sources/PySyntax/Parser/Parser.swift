// The parser's frame: state, token access, spans, list scratch, failure. A hand-written descent over the token store
// that builds the tree in one pass; statements, expressions, targets, patterns and literals are in extensions.
// CPython: Grammar/python.gram. Rules: Language Reference 10 (Full Grammar specification), 3.10.
import PyUnicode

/// The source is not in the language, or `Parser.error` says what is wrong with it.
struct ParseFailure: Error {}

struct Parser {
    // Safe: `tokens[count - 1]` is an end marker or error token, which no rule consumes, so `tokens[position]` exists.
    let tokens: UnsafePointer<Token>
    let base: UnsafePointer<UInt8>
    var position = 0
    /// An error raised while building (string literals, feature versions); nil for a plain syntax error.
    var error: SourceError?
    /// About the rule nesting CPython's parser would be at; it stops at 6,000 with MemoryError. 31 rules lead from a
    /// file to an operand.
    var level = 31
    /// How far newlines of the f-string token at hand are counted.
    var formatPlace = FormatPlace(-1)

    let exprs: NodeStore<ExprNode>
    let stmts: NodeStore<StmtNode>
    let lists: NodeStore<UInt32>
    /// Items of the lists that are being read, innermost last.
    let scratch: NodeStore<UInt32>
    let keywordScratch: NodeStore<UInt32>

    let tree: SyntaxTree
    let stream: TokenStream
    let options: ParseOptions
    let context: ParseContext

    init(stream: TokenStream, tree: SyntaxTree, options: ParseOptions, context: ParseContext) {
        tokens = UnsafePointer(stream.tokens.header.pointee.base)
        base = UnsafePointer(stream.source.base)
        exprs = tree.exprs
        stmts = tree.stmts
        lists = tree.lists
        scratch = context.scratch
        keywordScratch = context.keywordScratch
        self.tree = tree
        self.stream = stream
        self.options = options
        self.context = context
    }

    // MARK: Tokens

    @inline(__always) var kind: TokenKind { tokens[position].kind }
    @inline(__always) var keyword: UInt8 { tokens[position].keyword }
    @inline(__always) func at(_ word: ReservedWord) -> Bool { tokens[position].keyword == word.rawValue }
    /// The kind of the token behind the current one. Only where the current one is not the last.
    @inline(__always) var nextKind: TokenKind { tokens[position &+ 1].kind }
    @inline(__always) mutating func advance() { position &+= 1 }

    @inline(__always)
    mutating func skip(_ kind: TokenKind) -> Bool {
        if tokens[position].kind != kind { return false }
        position &+= 1
        return true
    }

    @inline(__always)
    mutating func skip(_ word: ReservedWord) -> Bool {
        if tokens[position].keyword != word.rawValue { return false }
        position &+= 1
        return true
    }

    @inline(__always)
    mutating func expect(_ kind: TokenKind) throws(ParseFailure) {
        if tokens[position].kind != kind { throw ParseFailure() }
        position &+= 1
    }

    @inline(__always)
    mutating func expect(_ word: ReservedWord) throws(ParseFailure) {
        if tokens[position].keyword != word.rawValue { throw ParseFailure() }
        position &+= 1
    }

    /// Whether the current token is an identifier.
    @inline(__always) var atName: Bool { tokens[position].kind == .name && tokens[position].keyword == 0 }

    @inline(__always)
    mutating func identifier() throws(ParseFailure) -> NameID {
        let token = tokens[position]
        if token.kind != .name || token.keyword != 0 { throw ParseFailure() }
        position &+= 1
        return NameID(raw: token.name)
    }

    // MARK: Spans and nodes

    /// From token `start` to the last token read.
    @inline(__always)
    func span(_ start: Int) -> Span {
        let first = tokens[start].span
        let last = tokens[position &- 1].span
        return Span(line: first.line, column: first.column, endLine: last.endLine, endColumn: last.endColumn)
    }

    /// From token `start` to the last token read that is no NEWLINE, INDENT or DEDENT: where a statement ends.
    func statementSpan(_ start: Int) -> Span {
        let first = tokens[start].span
        var last = position - 1
        while last > start {
            let kind = tokens[last].kind
            if kind != .newline && kind != .indent && kind != .dedent { break }
            last -= 1
        }
        let end = tokens[last].span
        return Span(line: first.line, column: first.column, endLine: end.endLine, endColumn: end.endColumn)
    }

    @inline(__always)
    func add(_ kind: Expr, _ span: Span) -> ExprID { ExprID(raw: exprs.append(ExprNode(span: span, kind: kind))) }

    @inline(__always)
    func add(_ kind: Stmt, _ span: Span) -> StmtID { StmtID(raw: stmts.append(StmtNode(span: span, kind: kind))) }

    @inline(__always) func expr(_ id: ExprID) -> Expr { exprs[id.raw].kind }

    // MARK: Lists

    @inline(__always) func push<Element: NodeID>(_ element: Element) { scratch.append(element.raw) }

    /// Moves the scratch items from `mark` on into the tree.
    @inline(__always)
    func list<Element: NodeID>(from mark: UInt32, as type: Element.Type = Element.self) -> NodeList<Element> {
        take(scratch, from: mark)
    }

    @inline(__always)
    func take<Element: NodeID>(_ store: NodeStore<UInt32>, from mark: UInt32) -> NodeList<Element> {
        let end = store.count
        if end == mark { return .empty }
        let start = lists.count
        var index = mark
        while index < end {
            lists.append(store[index])
            index &+= 1
        }
        store.truncate(to: mark)
        return NodeList(start: start, count: end &- mark)
    }

    func list<Element: NodeID>(of element: Element) -> NodeList<Element> {
        NodeList(start: lists.append(element.raw), count: 1)
    }

    // MARK: Errors

    /// Raises `message` where CPython's RAISE_SYNTAX_ERROR does: at the last token the parser has seen.
    mutating func fail(_ message: String) -> ParseFailure { fail(message, at: position) }

    mutating func fail(_ message: String, at index: Int) -> ParseFailure {
        // CPython asked the tokenizer for that token first, and its error stands.
        if tokens[index].kind == .errorToken { return ParseFailure() }
        if error == nil { error = context.error(message, at: index, in: stream) }
        return ParseFailure()
    }

    /// - Parameter seen: the last token CPython's parser has seen when it checks; the current one by default.
    mutating func require(_ minor: Int, _ what: StaticString, seen: Int? = nil) throws(ParseFailure) {
        if options.featureVersion < minor {
            throw fail("\(what) only supported in Python 3.\(minor) and greater", at: seen ?? position)
        }
    }

    /// Enters something that nests: CPython's parser gives up at 6,000 nested rules, ours too when the stack budget is
    /// spent. The costs were measured: how many levels of each bracket CPython 3.10 takes.
    @inline(__always)
    mutating func deepen(_ rules: Int) throws(ParseFailure) {
        level &+= rules
        if level > 6000 || stackAddress() < context.stackLimit { throw outOfStack() }
    }

    @inline(never)
    mutating func outOfStack() -> ParseFailure {
        if error == nil { error = SourceError(kind: .memoryError, message: "") }
        return ParseFailure()
    }
}

/// Where the native stack stands, near enough; it grows downwards.
@inline(__always)
func stackAddress() -> UInt {
    var here: UInt8 = 0
    return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
}
