// The arena of one parsed source: node records in plain growable memory, lists in one pool, names interned, literals
// pooled. The parser appends, the optimizer overwrites in place, everyone else reads. Freed as a whole.
import PyUnicode

/// An expression with its place.
@frozen
public struct ExprNode: Sendable {
    public var span: Span
    public var kind: Expr
    @inlinable public init(span: Span, kind: Expr) {
        self.span = span
        self.kind = kind
    }
}

/// A statement with its place.
@frozen
public struct StmtNode: Sendable {
    public var span: Span
    public var kind: Stmt
    @inlinable public init(span: Span, kind: Stmt) {
        self.span = span
        self.kind = kind
    }
}

/// A pattern with its place.
@frozen
public struct PatternNode: Sendable {
    public var span: Span
    public var kind: Pattern
    @inlinable public init(span: Span, kind: Pattern) {
        self.span = span
        self.kind = kind
    }
}

/// `mod`: what a whole source is.
public enum Module: Sendable {
    /// `exec`. `typeIgnores` is empty unless type comments were asked for.
    case module(body: NodeList<StmtID>, typeIgnores: [TypeIgnore])
    /// `single`.
    case interactive(body: NodeList<StmtID>)
    /// `eval`.
    case expression(body: ExprID)
    /// `func_type`.
    case functionType(argtypes: NodeList<ExprID>, returns: ExprID)
}

/// A `# type: ignore` comment.
public struct TypeIgnore: Hashable, Sendable {
    public var line: Int32
    /// The text after `ignore`.
    public var tag: PyText
    public init(line: Int32, tag: PyText) {
        self.line = line
        self.tag = tag
    }
}

/// One parsed source. Not thread-safe while it is being built or optimised; read-only use may be shared.
public final class SyntaxTree: @unchecked Sendable {
    public var module: Module = .module(body: .empty, typeIgnores: [])

    public let exprs = NodeStore<ExprNode>()
    public let stmts = NodeStore<StmtNode>()
    public let patterns = NodeStore<PatternNode>()
    public let functions = NodeStore<FunctionDef>()
    public let classes = NodeStore<ClassDef>()
    public let arguments = NodeStore<Arguments>()
    public let args = NodeStore<Arg>()
    public let keywords = NodeStore<Keyword>()
    public let comprehensions = NodeStore<Comprehension>()
    public let handlers = NodeStore<Handler>()
    public let withItems = NodeStore<WithItem>()
    public let matchCases = NodeStore<MatchCase>()
    public let aliases = NodeStore<Alias>()

    /// The pool behind every `NodeList`.
    public let lists = NodeStore<UInt32>()
    /// The pool behind every `CompareOperatorList`.
    public let compareOperators = NodeStore<CompareOperator>()
    /// Interned identifiers, in order of first appearance.
    public let names: NameTable
    /// Constant values. Not deduplicated: each `Constant` node has a literal of its own or shares one.
    public var literals: [Literal] = []

    /// True spans of f-string parts, which the 3.10 AST gives the span of the whole string. For the lab only.
    public var exactSpans: [ExprID: Span] = [:]

    public init(names: NameTable = NameTable()) { self.names = names }

    deinit {
        exprs.free()
        stmts.free()
        patterns.free()
        functions.free()
        classes.free()
        arguments.free()
        args.free()
        keywords.free()
        comprehensions.free()
        handlers.free()
        withItems.free()
        matchCases.free()
        aliases.free()
        lists.free()
        compareOperators.free()
    }

    // MARK: Reading

    @inlinable public subscript(id: ExprID) -> Expr { exprs[id.raw].kind }
    @inlinable public subscript(id: StmtID) -> Stmt { stmts[id.raw].kind }
    @inlinable public subscript(id: PatternID) -> Pattern { patterns[id.raw].kind }
    @inlinable public subscript(id: FunctionDefID) -> FunctionDef { functions[id.raw] }
    @inlinable public subscript(id: ClassDefID) -> ClassDef { classes[id.raw] }
    @inlinable public subscript(id: ArgumentsID) -> Arguments { arguments[id.raw] }
    @inlinable public subscript(id: ArgID) -> Arg { args[id.raw] }
    @inlinable public subscript(id: KeywordID) -> Keyword { keywords[id.raw] }
    @inlinable public subscript(id: ComprehensionID) -> Comprehension { comprehensions[id.raw] }
    @inlinable public subscript(id: HandlerID) -> Handler { handlers[id.raw] }
    @inlinable public subscript(id: WithItemID) -> WithItem { withItems[id.raw] }
    @inlinable public subscript(id: MatchCaseID) -> MatchCase { matchCases[id.raw] }
    @inlinable public subscript(id: AliasID) -> Alias { aliases[id.raw] }
    public subscript(id: LiteralID) -> Literal { literals[Int(id.raw)] }

    @inlinable public func span(_ id: ExprID) -> Span { exprs[id.raw].span }
    @inlinable public func span(_ id: StmtID) -> Span { stmts[id.raw].span }
    @inlinable public func span(_ id: PatternID) -> Span { patterns[id.raw].span }

    /// Element `index` of `list`.
    @inlinable
    public subscript<Element>(list: NodeList<Element>, index: Int) -> Element {
        precondition(index >= 0 && index < list.count)
        return Element(raw: lists[list.start + UInt32(truncatingIfNeeded: index)])
    }

    /// The elements of `list`, in order: `for stmt in tree.items(body)`.
    @inlinable
    public func items<Element>(_ list: NodeList<Element>) -> NodeItems<Element> {
        NodeItems(tree: self, list: list)
    }

    /// Operator `index` of a comparison.
    @inlinable
    public func compareOperator(_ list: CompareOperatorList, _ index: Int) -> CompareOperator {
        precondition(index >= 0 && index < list.count)
        return compareOperators[list.start + UInt32(truncatingIfNeeded: index)]
    }

    // MARK: Building

    // Not inlined: the records would be in the native frames of all who call, level by level.

    @inline(never)
    public func add(_ kind: Expr, _ span: Span) -> ExprID {
        ExprID(raw: exprs.append(ExprNode(span: span, kind: kind)))
    }

    @inline(never)
    public func add(_ kind: Stmt, _ span: Span) -> StmtID {
        StmtID(raw: stmts.append(StmtNode(span: span, kind: kind)))
    }

    @inline(never)
    public func add(_ kind: Pattern, _ span: Span) -> PatternID {
        PatternID(raw: patterns.append(PatternNode(span: span, kind: kind)))
    }

    public func add(_ literal: Literal) -> LiteralID {
        literals.append(literal)
        return LiteralID(raw: UInt32(literals.count - 1))
    }

    /// Copies `elements` into the list pool.
    @inlinable
    public func list<Element: NodeID>(_ elements: some Collection<Element>) -> NodeList<Element> {
        if elements.isEmpty { return .empty }
        let start = lists.count
        for element in elements { _ = lists.append(element.raw) }
        return NodeList(start: start, count: lists.count - start)
    }

    /// Copies `operators` into the operator pool.
    @inlinable
    public func list(_ operators: some Collection<CompareOperator>) -> CompareOperatorList {
        let start = compareOperators.count
        for op in operators { _ = compareOperators.append(op) }
        return CompareOperatorList(start: start, count: compareOperators.count - start)
    }

    /// Overwrites an expression in place, keeping its span.
    @inlinable
    public func replace(_ id: ExprID, with kind: Expr) { exprs.update(id.raw) { $0.kind = kind } }
}

/// The elements of a `NodeList`.
@frozen
public struct NodeItems<Element: NodeID>: RandomAccessCollection {
    @usableFromInline let tree: SyntaxTree
    @usableFromInline let list: NodeList<Element>

    @inlinable
    init(tree: SyntaxTree, list: NodeList<Element>) {
        self.tree = tree
        self.list = list
    }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { list.count }
    @inlinable
    public subscript(position: Int) -> Element {
        precondition(position >= 0 && position < list.count)
        return Element(raw: tree.lists[list.start + UInt32(truncatingIfNeeded: position)])
    }
}
