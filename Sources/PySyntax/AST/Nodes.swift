// The abstract syntax tree of Python 3.10, node for node the ASDL of the `ast` module's documentation ("Abstract
// Grammar"). Every node is trivial: children are ids, lists are runs in a pool, text is interned or pooled.

/// `expr`. Case names and field order follow the abstract grammar.
@frozen
public enum Expr: Sendable {
    case boolOp(op: BoolOperator, values: NodeList<ExprID>)
    case namedExpr(target: ExprID, value: ExprID)
    case binOp(left: ExprID, op: Operator, right: ExprID)
    case unaryOp(op: UnaryOperator, operand: ExprID)
    case lambda(args: ArgumentsID, body: ExprID)
    case ifExp(test: ExprID, body: ExprID, orelse: ExprID)
    /// A nil key is a `**mapping` entry; nil is stored as `ExprID.missing` in the list.
    case dict(keys: NodeList<ExprID>, values: NodeList<ExprID>)
    case set(elts: NodeList<ExprID>)
    case listComp(elt: ExprID, generators: NodeList<ComprehensionID>)
    case setComp(elt: ExprID, generators: NodeList<ComprehensionID>)
    case dictComp(key: ExprID, value: ExprID, generators: NodeList<ComprehensionID>)
    case generatorExp(elt: ExprID, generators: NodeList<ComprehensionID>)
    case await(value: ExprID)
    case yield(value: ExprID?)
    case yieldFrom(value: ExprID)
    case compare(left: ExprID, ops: CompareOperatorList, comparators: NodeList<ExprID>)
    case call(func: ExprID, args: NodeList<ExprID>, keywords: NodeList<KeywordID>)
    case formattedValue(value: ExprID, conversion: Conversion, formatSpec: ExprID?)
    case joinedStr(values: NodeList<ExprID>)
    /// `isU`: the literal was written with a `u` prefix (`kind='u'`).
    case constant(value: LiteralID, isU: Bool)
    case attribute(value: ExprID, attr: NameID, ctx: ExprContext)
    case `subscript`(value: ExprID, slice: ExprID, ctx: ExprContext)
    case starred(value: ExprID, ctx: ExprContext)
    case name(id: NameID, ctx: ExprContext)
    case list(elts: NodeList<ExprID>, ctx: ExprContext)
    case tuple(elts: NodeList<ExprID>, ctx: ExprContext)
    case slice(lower: ExprID?, upper: ExprID?, step: ExprID?)
}

extension ExprID {
    /// Stands for a missing element in lists of optional expressions (`Dict.keys`, `arguments.kw_defaults`).
    @inlinable public static var missing: ExprID { ExprID(raw: .max) }
    @inlinable public var isMissing: Bool { raw == .max }
}

/// `stmt`.
@frozen
public enum Stmt: Sendable {
    case functionDef(FunctionDefID)
    case asyncFunctionDef(FunctionDefID)
    case classDef(ClassDefID)
    case `return`(value: ExprID?)
    case delete(targets: NodeList<ExprID>)
    case assign(targets: NodeList<ExprID>, value: ExprID, typeComment: LiteralID?)
    case augAssign(target: ExprID, op: Operator, value: ExprID)
    /// `simple`: the target is a bare name, not in parentheses.
    case annAssign(target: ExprID, annotation: ExprID, value: ExprID?, simple: Bool)
    case `for`(target: ExprID, iter: ExprID, body: NodeList<StmtID>, orelse: NodeList<StmtID>, typeComment: LiteralID?)
    case asyncFor(target: ExprID, iter: ExprID, body: NodeList<StmtID>, orelse: NodeList<StmtID>, typeComment: LiteralID?)
    case `while`(test: ExprID, body: NodeList<StmtID>, orelse: NodeList<StmtID>)
    case `if`(test: ExprID, body: NodeList<StmtID>, orelse: NodeList<StmtID>)
    case with(items: NodeList<WithItemID>, body: NodeList<StmtID>, typeComment: LiteralID?)
    case asyncWith(items: NodeList<WithItemID>, body: NodeList<StmtID>, typeComment: LiteralID?)
    case match(subject: ExprID, cases: NodeList<MatchCaseID>)
    case raise(exc: ExprID?, cause: ExprID?)
    case `try`(body: NodeList<StmtID>, handlers: NodeList<HandlerID>, orelse: NodeList<StmtID>, finalbody: NodeList<StmtID>)
    case assert(test: ExprID, msg: ExprID?)
    case `import`(names: NodeList<AliasID>)
    /// `level`: the number of leading dots.
    case importFrom(module: NameID?, names: NodeList<AliasID>, level: Int32)
    case global(names: NodeList<NameID>)
    case nonlocal(names: NodeList<NameID>)
    case expr(value: ExprID)
    case pass
    case `break`
    case `continue`
}

/// `pattern` (PEP 634).
@frozen
public enum Pattern: Sendable {
    case matchValue(value: ExprID)
    /// `None`, `True` or `False`.
    case matchSingleton(value: LiteralID)
    case matchSequence(patterns: NodeList<PatternID>)
    case matchMapping(keys: NodeList<ExprID>, patterns: NodeList<PatternID>, rest: NameID?)
    case matchClass(cls: ExprID, patterns: NodeList<PatternID>, kwdAttrs: NodeList<NameID>, kwdPatterns: NodeList<PatternID>)
    case matchStar(name: NameID?)
    case matchAs(pattern: PatternID?, name: NameID?)
    case matchOr(patterns: NodeList<PatternID>)
}

/// The common body of `FunctionDef` and `AsyncFunctionDef`.
@frozen
public struct FunctionDef: Sendable {
    public var name: NameID
    public var args: ArgumentsID
    public var body: NodeList<StmtID>
    public var decoratorList: NodeList<ExprID>
    public var returns: ExprID?
    public var typeComment: LiteralID?

    @inlinable
    public init(
        name: NameID, args: ArgumentsID, body: NodeList<StmtID>, decoratorList: NodeList<ExprID>, returns: ExprID?,
        typeComment: LiteralID?
    ) {
        self.name = name
        self.args = args
        self.body = body
        self.decoratorList = decoratorList
        self.returns = returns
        self.typeComment = typeComment
    }
}

/// `ClassDef`.
@frozen
public struct ClassDef: Sendable {
    public var name: NameID
    public var bases: NodeList<ExprID>
    public var keywords: NodeList<KeywordID>
    public var body: NodeList<StmtID>
    public var decoratorList: NodeList<ExprID>

    @inlinable
    public init(
        name: NameID, bases: NodeList<ExprID>, keywords: NodeList<KeywordID>, body: NodeList<StmtID>,
        decoratorList: NodeList<ExprID>
    ) {
        self.name = name
        self.bases = bases
        self.keywords = keywords
        self.body = body
        self.decoratorList = decoratorList
    }
}

/// `arguments`: the parameters of a function or lambda.
@frozen
public struct Arguments: Sendable {
    public var posonlyargs: NodeList<ArgID>
    public var args: NodeList<ArgID>
    public var vararg: ArgID?
    public var kwonlyargs: NodeList<ArgID>
    /// One entry for each of `kwonlyargs`; `ExprID.missing` where there is no default.
    public var kwDefaults: NodeList<ExprID>
    public var kwarg: ArgID?
    /// Defaults of the last positional parameters.
    public var defaults: NodeList<ExprID>

    @inlinable
    public init(
        posonlyargs: NodeList<ArgID>, args: NodeList<ArgID>, vararg: ArgID?, kwonlyargs: NodeList<ArgID>,
        kwDefaults: NodeList<ExprID>, kwarg: ArgID?, defaults: NodeList<ExprID>
    ) {
        self.posonlyargs = posonlyargs
        self.args = args
        self.vararg = vararg
        self.kwonlyargs = kwonlyargs
        self.kwDefaults = kwDefaults
        self.kwarg = kwarg
        self.defaults = defaults
    }
}

/// `arg`: one parameter.
@frozen
public struct Arg: Sendable {
    public var span: Span
    public var arg: NameID
    public var annotation: ExprID?
    public var typeComment: LiteralID?

    @inlinable
    public init(span: Span, arg: NameID, annotation: ExprID?, typeComment: LiteralID?) {
        self.span = span
        self.arg = arg
        self.annotation = annotation
        self.typeComment = typeComment
    }
}

/// `keyword`: `arg=value`, or `**value` where `arg` is nil.
@frozen
public struct Keyword: Sendable {
    public var span: Span
    public var arg: NameID?
    public var value: ExprID

    @inlinable
    public init(span: Span, arg: NameID?, value: ExprID) {
        self.span = span
        self.arg = arg
        self.value = value
    }
}

/// `comprehension`: one `for` clause with its conditions. It has no position in 3.10.
@frozen
public struct Comprehension: Sendable {
    public var target: ExprID
    public var iter: ExprID
    public var ifs: NodeList<ExprID>
    public var isAsync: Bool

    @inlinable
    public init(target: ExprID, iter: ExprID, ifs: NodeList<ExprID>, isAsync: Bool) {
        self.target = target
        self.iter = iter
        self.ifs = ifs
        self.isAsync = isAsync
    }
}

/// `ExceptHandler`.
@frozen
public struct Handler: Sendable {
    public var span: Span
    public var type: ExprID?
    public var name: NameID?
    public var body: NodeList<StmtID>

    @inlinable
    public init(span: Span, type: ExprID?, name: NameID?, body: NodeList<StmtID>) {
        self.span = span
        self.type = type
        self.name = name
        self.body = body
    }
}

/// `withitem`. It has no position.
@frozen
public struct WithItem: Sendable {
    public var contextExpr: ExprID
    public var optionalVars: ExprID?

    @inlinable
    public init(contextExpr: ExprID, optionalVars: ExprID?) {
        self.contextExpr = contextExpr
        self.optionalVars = optionalVars
    }
}

/// `match_case`. It has no position.
@frozen
public struct MatchCase: Sendable {
    public var pattern: PatternID
    public var guardExpr: ExprID?
    public var body: NodeList<StmtID>

    @inlinable
    public init(pattern: PatternID, guardExpr: ExprID?, body: NodeList<StmtID>) {
        self.pattern = pattern
        self.guardExpr = guardExpr
        self.body = body
    }
}

/// `alias` of an import; dotted names are one interned text. In 3.10 it has a position.
@frozen
public struct Alias: Sendable {
    public var span: Span
    public var name: NameID
    public var asname: NameID?

    @inlinable
    public init(span: Span, name: NameID, asname: NameID?) {
        self.span = span
        self.name = name
        self.asname = asname
    }
}
