// The tree as bare pointers, for the passes that read every node. A `SyntaxTree` access goes through a class; this does
// not. Valid as long as the tree lives and nothing is appended to it.
import PySyntax

/// A read-only (but for expressions: see `replace`) view of a `SyntaxTree`'s arenas.
struct TreeView {
    let exprs: UnsafeMutablePointer<ExprNode>
    let stmts: UnsafeMutablePointer<StmtNode>
    let patterns: UnsafeMutablePointer<PatternNode>
    let functions: UnsafeMutablePointer<FunctionDef>
    let classes: UnsafeMutablePointer<ClassDef>
    let arguments: UnsafeMutablePointer<Arguments>
    let args: UnsafeMutablePointer<Arg>
    let keywords: UnsafeMutablePointer<Keyword>
    let comprehensions: UnsafeMutablePointer<Comprehension>
    let handlers: UnsafeMutablePointer<Handler>
    let withItems: UnsafeMutablePointer<WithItem>
    let matchCases: UnsafeMutablePointer<MatchCase>
    let aliases: UnsafeMutablePointer<Alias>
    let lists: UnsafeMutablePointer<UInt32>
    let compareOperators: UnsafeMutablePointer<CompareOperator>

    init(_ tree: SyntaxTree) {
        exprs = tree.exprs.elements
        stmts = tree.stmts.elements
        patterns = tree.patterns.elements
        functions = tree.functions.elements
        classes = tree.classes.elements
        arguments = tree.arguments.elements
        args = tree.args.elements
        keywords = tree.keywords.elements
        comprehensions = tree.comprehensions.elements
        handlers = tree.handlers.elements
        withItems = tree.withItems.elements
        matchCases = tree.matchCases.elements
        aliases = tree.aliases.elements
        lists = tree.lists.elements
        compareOperators = tree.compareOperators.elements
    }

    // Safe: ids come from the tree itself, whose builders hand out only indices of nodes they appended.
    @inline(__always) subscript(id: ExprID) -> Expr { exprs[Int(id.raw)].kind }
    @inline(__always) subscript(id: StmtID) -> Stmt { stmts[Int(id.raw)].kind }
    @inline(__always) subscript(id: PatternID) -> Pattern { patterns[Int(id.raw)].kind }
    @inline(__always) subscript(id: FunctionDefID) -> FunctionDef { functions[Int(id.raw)] }
    @inline(__always) subscript(id: ClassDefID) -> ClassDef { classes[Int(id.raw)] }
    @inline(__always) subscript(id: ArgumentsID) -> Arguments { arguments[Int(id.raw)] }
    @inline(__always) subscript(id: ArgID) -> Arg { args[Int(id.raw)] }
    @inline(__always) subscript(id: KeywordID) -> Keyword { keywords[Int(id.raw)] }
    @inline(__always) subscript(id: ComprehensionID) -> Comprehension { comprehensions[Int(id.raw)] }
    @inline(__always) subscript(id: HandlerID) -> Handler { handlers[Int(id.raw)] }
    @inline(__always) subscript(id: WithItemID) -> WithItem { withItems[Int(id.raw)] }
    @inline(__always) subscript(id: MatchCaseID) -> MatchCase { matchCases[Int(id.raw)] }
    @inline(__always) subscript(id: AliasID) -> Alias { aliases[Int(id.raw)] }
    @inline(__always) func span(_ id: ExprID) -> Span { exprs[Int(id.raw)].span }
    @inline(__always) func span(_ id: StmtID) -> Span { stmts[Int(id.raw)].span }
    @inline(__always) func span(_ id: PatternID) -> Span { patterns[Int(id.raw)].span }

    @inline(__always)
    subscript<Element>(list: NodeList<Element>, index: Int) -> Element {
        assert(index >= 0 && index < list.count)
        return Element(raw: lists[Int(list.start) + index])
    }

    @inline(__always)
    func items<Element>(_ list: NodeList<Element>) -> ListView<Element> {
        ListView(base: lists + Int(list.start), endIndex: list.count)
    }

    @inline(__always)
    func op(_ list: CompareOperatorList, _ index: Int) -> CompareOperator {
        assert(index >= 0 && index < list.count)
        return compareOperators[Int(list.start) + index]
    }

    /// Overwrites an expression in place, keeping its span.
    @inline(__always)
    func replace(_ id: ExprID, with kind: Expr) { exprs[Int(id.raw)].kind = kind }

    @inline(__always) func isConstant(_ id: ExprID) -> Bool {
        if case .constant = self[id] { return true }
        return false
    }

    @inline(__always) func isStarred(_ id: ExprID) -> Bool {
        if case .starred = self[id] { return true }
        return false
    }
}

extension TreeView {
    func containsStarred(_ list: NodeList<ExprID>) -> Bool {
        for id in items(list) where isStarred(id) { return true }
        return false
    }

    /// Whether `**mapping` is among the keywords.
    func containsUnpacking(_ list: NodeList<KeywordID>) -> Bool {
        for id in items(list) where self[id].arg == nil { return true }
        return false
    }
}

/// The elements of a list as a collection over bare memory.
struct ListView<Element: NodeID>: RandomAccessCollection {
    let base: UnsafeMutablePointer<UInt32>
    let endIndex: Int
    @inline(__always) var startIndex: Int { 0 }
    @inline(__always)
    subscript(position: Int) -> Element {
        assert(position >= 0 && position < endIndex)
        return Element(raw: base[position])
    }
}
