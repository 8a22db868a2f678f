// Constant folding on the tree, before names are resolved: 3.10 rewrites expressions in place. Operators between
// constants, tuples of constants, subscripts of constants, `in [..]`, `not a in b`, `__debug__`.
// What is folded later, on instructions, is in FlowGraph. CPython: Python/ast_opt.c.
import PyBytecode
import PySyntax
import PyUnicode

struct Folder {
    let syntax: SyntaxTree
    var tree: TreeView
    let reporter: Reporter
    let optimize: Int
    let futureAnnotations: Bool
    let debugName: NameID?
    var depth: DepthCounter

    init(_ syntax: SyntaxTree, options: CompileOptions, futureAnnotations: Bool, reporter: Reporter) {
        self.syntax = syntax
        tree = TreeView(syntax)
        self.reporter = reporter
        optimize = options.optimize
        depth = DepthCounter(options)
        self.futureAnnotations = futureAnnotations
        debugName = syntax.names.find("__debug__")
    }

    mutating func fold(_ module: Module) throws(Refused) {
        switch module {
        case .module(let body, _): try foldBody(body)
        case .interactive(let body): try fold(body)
        case .expression(let body): try fold(body)
        case .functionType: break
        }
    }

    // MARK: Statements

    private mutating func fold(_ list: NodeList<StmtID>) throws(Refused) {
        for index in 0..<list.count { try fold(tree[list, index]) }
    }

    /// A body whose first statement may be a docstring. A string that only folding made is none: it is hidden.
    @inline(never)
    private mutating func foldBody(_ list: NodeList<StmtID>) throws(Refused) {
        let had = syntax.docstring(of: list) != nil
        try fold(list)
        if !had, !list.isEmpty, syntax.docstring(of: list) != nil, case .expr(let value) = tree[tree[list, 0]] {
            let copy = syntax.add(tree[value], tree.span(value))
            let values = syntax.list([copy])
            syntax.replace(value, with: .joinedStr(values: values))
            tree = TreeView(syntax)
        }
    }

    private mutating func fold(_ id: StmtID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .functionDef(let record), .asyncFunctionDef(let record):
            let function = tree[record]
            try fold(tree[function.args])
            try foldBody(function.body)
            try fold(function.decoratorList)
            if !futureAnnotations { try fold(optional: function.returns) }
        case .classDef(let record):
            let definition = tree[record]
            try fold(definition.bases)
            try fold(definition.keywords)
            try foldBody(definition.body)
            try fold(definition.decoratorList)
        case .return(let value): try fold(optional: value)
        case .delete(let targets): try fold(targets)
        case .assign(let targets, let value, _):
            try fold(targets)
            try fold(value)
        case .augAssign(let target, _, let value):
            try fold(target)
            try fold(value)
        case .annAssign(let target, let annotation, let value, _):
            try fold(target)
            if !futureAnnotations { try fold(annotation) }
            try fold(optional: value)
        case .for(let target, let iter, let body, let orelse, _):
            try fold(target)
            try fold(iter)
            try fold(body)
            try fold(orelse)
            foldIterable(iter)
        case .asyncFor(let target, let iter, let body, let orelse, _):
            try fold(target)
            try fold(iter)
            try fold(body)
            try fold(orelse)
        case .while(let test, let body, let orelse), .if(let test, let body, let orelse):
            try fold(test)
            try fold(body)
            try fold(orelse)
        case .with(let items, let body, _), .asyncWith(let items, let body, _):
            for index in 0..<items.count {
                let item = tree[tree[items, index]]
                try fold(item.contextExpr)
                try fold(optional: item.optionalVars)
            }
            try fold(body)
        case .match(let subject, let cases):
            try fold(subject)
            for index in 0..<cases.count {
                let item = tree[tree[cases, index]]
                try fold(item.pattern)
                try fold(optional: item.guardExpr)
                try fold(item.body)
            }
        case .raise(let exc, let cause):
            try fold(optional: exc)
            try fold(optional: cause)
        case .try(let body, let handlers, let orelse, let finalbody):
            try fold(body)
            for index in 0..<handlers.count {
                let handler = tree[tree[handlers, index]]
                try fold(optional: handler.type)
                try fold(handler.body)
            }
            try fold(orelse)
            try fold(finalbody)
        case .assert(let test, let message):
            try fold(test)
            try fold(optional: message)
        case .expr(let value): try fold(value)
        case .import, .importFrom, .global, .nonlocal, .pass, .break, .continue: break
        }
    }

    // MARK: Expressions

    private mutating func fold(_ list: NodeList<ExprID>) throws(Refused) {
        for index in 0..<list.count {
            let id = tree[list, index]
            if !id.isMissing { try fold(id) }
        }
    }

    private mutating func fold(_ list: NodeList<KeywordID>) throws(Refused) {
        for index in 0..<list.count { try fold(tree[tree[list, index]].value) }
    }

    @inline(__always)
    private mutating func fold(optional id: ExprID?) throws(Refused) {
        if let id { try fold(id) }
    }

    private mutating func fold(_ arguments: Arguments) throws(Refused) {
        if !futureAnnotations {
            try foldAnnotations(arguments.posonlyargs)
            try foldAnnotations(arguments.args)
            if let arg = arguments.vararg { try fold(optional: tree[arg].annotation) }
            try foldAnnotations(arguments.kwonlyargs)
            if let arg = arguments.kwarg { try fold(optional: tree[arg].annotation) }
        }
        try fold(arguments.kwDefaults)
        try fold(arguments.defaults)
    }

    private mutating func foldAnnotations(_ list: NodeList<ArgID>) throws(Refused) {
        for index in 0..<list.count { try fold(optional: tree[tree[list, index]].annotation) }
    }

    private mutating func fold(_ id: ExprID) throws(Refused) {
        // Most nodes are leaves.
        switch tree[id] {
        case .name(let name, let ctx):
            if name == debugName && ctx == .load { setConstant(id, .bool(optimize == 0)) }
            return
        case .constant: return
        default: break
        }
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .name, .constant: break
        case .boolOp(_, let values), .joinedStr(let values): try fold(values)
        case .namedExpr(_, let value): try fold(value)
        case .binOp(let left, let op, let right):
            try fold(left)
            try fold(right)
            foldBinary(id, left, op, right)
        case .unaryOp(let op, let operand):
            try fold(operand)
            foldUnary(id, op, operand)
        case .lambda(let args, let body):
            try fold(tree[args])
            try fold(body)
        case .ifExp(let test, let body, let orelse):
            try fold(test)
            try fold(body)
            try fold(orelse)
        case .dict(let keys, let values):
            try fold(keys)
            try fold(values)
        case .set(let elts), .list(let elts, _): try fold(elts)
        case .listComp(let elt, let generators), .setComp(let elt, let generators), .generatorExp(let elt, let generators):
            try fold(elt)
            try fold(generators)
        case .dictComp(let key, let value, let generators):
            try fold(key)
            try fold(value)
            try fold(generators)
        case .await(let value), .yieldFrom(let value), .attribute(let value, _, _), .starred(let value, _):
            try fold(value)
        case .yield(let value): try fold(optional: value)
        case .compare(let left, let ops, let comparators):
            try fold(left)
            try fold(comparators)
            let last = ops.count - 1
            guard last >= 0 && last < comparators.count else { return }
            let op = tree.op(ops, last)
            if op == .in || op == .notIn { foldIterable(tree[comparators, last]) }
        case .call(let function, let args, let keywords):
            try fold(function)
            try fold(args)
            try fold(keywords)
        case .formattedValue(let value, _, let formatSpec):
            try fold(value)
            try fold(optional: formatSpec)
        case .subscript(let value, let slice, let ctx):
            try fold(value)
            try fold(slice)
            if ctx == .load, let container = literal(value), let index = literal(slice),
                let item = LiteralArithmetic.subscript_(container, index)
            {
                setConstant(id, item)
            }
        case .tuple(let elts, let ctx):
            try fold(elts)
            if ctx == .load, let items = constants(elts) { setConstant(id, .tuple(items)) }
        case .slice(let lower, let upper, let step):
            try fold(optional: lower)
            try fold(optional: upper)
            try fold(optional: step)
        }
    }

    private mutating func fold(_ list: NodeList<ComprehensionID>) throws(Refused) {
        for index in 0..<list.count {
            let clause = tree[tree[list, index]]
            try fold(clause.target)
            try fold(clause.iter)
            try fold(clause.ifs)
            foldIterable(clause.iter)
        }
    }

    // MARK: Patterns

    private mutating func fold(_ list: NodeList<PatternID>) throws(Refused) {
        for index in 0..<list.count { try fold(tree[list, index]) }
    }

    private mutating func fold(_ id: PatternID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .matchValue(let value): try fold(value)
        case .matchSequence(let patterns), .matchOr(let patterns): try fold(patterns)
        case .matchMapping(let keys, let patterns, _):
            try fold(keys)
            try fold(patterns)
        case .matchClass(let cls, let patterns, _, let kwdPatterns):
            try fold(cls)
            try fold(patterns)
            try fold(kwdPatterns)
        case .matchAs(let pattern, _):
            if let pattern { try fold(pattern) }
        case .matchSingleton, .matchStar: break
        }
    }

    // MARK: Rewriting

    @inline(__always)
    private mutating func literal(_ id: ExprID) -> Literal? {
        if case .constant(let value, _) = tree[id] { return syntax[value] }
        return nil
    }

    @inline(never)
    private mutating func constants(_ elts: NodeList<ExprID>) -> [Literal]? {
        for id in tree.items(elts) where !tree.isConstant(id) { return nil }
        var items: [Literal] = []
        items.reserveCapacity(elts.count)
        for id in tree.items(elts) {
            guard let item = literal(id) else { return nil }
            items.append(item)
        }
        return items
    }

    private mutating func setConstant(_ id: ExprID, _ value: Literal) {
        tree.replace(id, with: .constant(value: syntax.add(value), isU: false))
    }

    @inline(never)
    private mutating func foldBinary(_ id: ExprID, _ left: ExprID, _ op: Operator, _ right: ExprID) {
        guard tree.isConstant(left) && tree.isConstant(right), let a = literal(left), let b = literal(right) else { return }
        if op == .mod {
            switch a {
            case .str, .bytes: return
            default: break
            }
        }
        if let value = LiteralArithmetic.binary(op, a, b) { setConstant(id, value) }
    }

    @inline(never)
    private mutating func foldUnary(_ id: ExprID, _ op: UnaryOperator, _ operand: ExprID) {
        if let value = literal(operand) {
            if let result = LiteralArithmetic.unary(op, value) { setConstant(id, result) }
            return
        }
        // `not a in b` is `a not in b`; comparisons that classes may define are left alone.
        guard op == .not, case .compare(let left, let ops, let comparators) = tree[operand], ops.count == 1 else { return }
        let inverse: CompareOperator
        switch tree.op(ops, 0) {
        case .is: inverse = .isNot
        case .isNot: inverse = .is
        case .in: inverse = .notIn
        case .notIn: inverse = .in
        default: return
        }
        tree.compareOperators[Int(ops.start)] = inverse
        // The node moves with its place, as in 3.10.
        tree.exprs[Int(id.raw)] = ExprNode(
            span: tree.span(operand), kind: .compare(left: left, ops: ops, comparators: comparators))
    }

    /// What is only iterated over or searched may be a tuple instead of a list, a frozenset instead of a set.
    @inline(never)
    private mutating func foldIterable(_ id: ExprID) {
        switch tree[id] {
        case .list(let elts, let ctx):
            for elt in tree.items(elts) where tree.isStarred(elt) { return }
            tree.replace(id, with: .tuple(elts: elts, ctx: ctx))
            if ctx == .load, let items = constants(elts) { setConstant(id, .tuple(items)) }
        case .set(let elts):
            guard let items = constants(elts) else { return }
            setConstant(id, .frozenset(LiteralSet.distinct(items)))
        default: break
        }
    }
}

extension SyntaxTree {
    /// The docstring of a body: the literal of its first statement, if that is a plain string.
    func docstring(of body: NodeList<StmtID>) -> PyText? {
        guard !body.isEmpty, case .expr(let value) = self[self[body, 0]], case .constant(let id, _) = self[value],
            case .str(let text) = self[id]
        else { return nil }
        return text
    }
}
