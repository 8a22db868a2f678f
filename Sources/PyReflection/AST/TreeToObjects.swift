// A syntax tree as `ast` objects. Recursive, guarded by the native stack's limit. CPython: ast2obj_* in Python/Python-ast.c.
import PyBytecode
import PyRuntime
import PySyntax
import PyUnicode

struct TreeConverter {
    let vm: VM
    let tree: SyntaxTree
    let made: ASTState
    /// Names made so far, by id. Rooted while the converter lives.
    private let names: UnsafeMutablePointer<Value>
    private let nameCount: Int

    init(_ vm: VM, _ tree: SyntaxTree) throws(Raised) {
        self.vm = vm
        self.tree = tree
        made = try vm.astState()
        nameCount = max(1, tree.names.count)
        names = .allocate(capacity: nameCount)
        names.initialize(repeating: .null, count: nameCount)
        vm.addRootRange(names, count: nameCount)
    }

    func release() {
        vm.removeRootRange(names)
        names.deallocate()
    }

    // MARK: Pieces

    private func new(_ kind: NodeKind) -> Value { vm.newInstance(made.type(kind)) }

    private func set(_ node: Value, _ field: NodeField, _ value: Value) throws(Raised) {
        try vm.setInstanceAttribute(node, vm.type(of: node), made.name(field), value)
    }

    private func place(_ node: Value, _ span: Span) throws(Raised) {
        try set(node, .lineno, vm.int(Int(span.line)))
        try set(node, .col_offset, vm.int(Int(span.column)))
        try set(node, .end_lineno, vm.int(Int(span.endLine)))
        try set(node, .end_col_offset, vm.int(Int(span.endColumn)))
    }

    private func name(_ id: NameID) -> Value {
        let index = Int(id.raw)
        guard index < nameCount else { return vm.intern(tree.names[id]) }
        if names[index].isNull { names[index] = vm.intern(tree.names[id]) }
        return names[index]
    }
    private func name(_ id: NameID?) -> Value { id.map { name($0) } ?? .none }

    private func literal(_ id: LiteralID) throws(Raised) -> Value { try vm.constantValue(constant(tree[id])) }
    private func literal(_ id: LiteralID?) throws(Raised) -> Value {
        guard let id else { return .none }
        return try literal(id)
    }

    private func list<Element: NodeID>(_ items: NodeList<Element>, _ make: (Element) throws(Raised) -> Value) throws(Raised) -> Value {
        let result = try vm.newList(capacity: items.count)
        for i in 0..<items.count { try result.append(vm, try make(tree[items, i])) }
        return result.value
    }

    private func exprs(_ items: NodeList<ExprID>) throws(Raised) -> Value {
        try list(items) { id throws(Raised) in id.isMissing ? .none : try expr(id) }
    }
    private func stmts(_ items: NodeList<StmtID>) throws(Raised) -> Value { try list(items) { id throws(Raised) in try stmt(id) } }
    private func patterns(_ items: NodeList<PatternID>) throws(Raised) -> Value { try list(items) { id throws(Raised) in try pattern(id) } }
    private func expr(_ id: ExprID?) throws(Raised) -> Value {
        guard let id else { return .none }
        return try expr(id)
    }

    private func context(_ node: Value, _ ctx: ExprContext) throws(Raised) {
        let kind: NodeKind =
            switch ctx {
            case .load: .Load
            case .store: .Store
            case .del: .Del
            }
        try set(node, .ctx, made.instances[kind.rawValue])
    }

    private func enter() throws(Raised) {
        // Only the native stack counts: CPython has no limit of its own here.
        if taipan_frame_address() < vm.thread.pointee.nativeStackLimit {
            throw vm.raise(.recursionError, "maximum recursion depth exceeded during ast construction")
        }
    }

    // MARK: mod

    func module() throws(Raised) -> Value {
        switch tree.module {
        case .module(let body, let ignores):
            let node = new(.Module)
            try set(node, .body, stmts(body))
            let list = try vm.newList(capacity: ignores.count)
            for ignore in ignores {
                let item = new(.TypeIgnore)
                try set(item, .lineno, vm.int(Int(ignore.line)))
                try set(item, .tag, vm.str(ignore.tag))
                try list.append(vm, item)
            }
            try set(node, .type_ignores, list.value)
            return node
        case .interactive(let body):
            let node = new(.Interactive)
            try set(node, .body, stmts(body))
            return node
        case .expression(let body):
            let node = new(.Expression)
            try set(node, .body, expr(body))
            return node
        case .functionType(let argtypes, let returns):
            let node = new(.FunctionType)
            try set(node, .argtypes, exprs(argtypes))
            try set(node, .returns, expr(returns))
            return node
        }
    }

    // MARK: expr

    private func node(_ kind: NodeKind, _ fields: (Value) throws(Raised) -> Void) throws(Raised) -> Value {
        let node = new(kind)
        try fields(node)
        return node
    }

    @inline(never) private func expr(_ id: ExprID) throws(Raised) -> Value {
        try enter()
        let node = try fields(tree[id])
        try place(node, tree.span(id))
        return node
    }

    @inline(never) private func binary(_ left: ExprID, _ op: Operator, _ right: ExprID) throws(Raised) -> Value {
        let n = new(.BinOp)
        try set(n, .left, expr(left))
        try set(n, .op, operatorInstance(.Add, Int(op.rawValue)))
        try set(n, .right, expr(right))
        return n
    }

    private func operatorInstance(_ first: NodeKind, _ offset: Int) -> Value { made.instances[first.rawValue + offset] }

    @inline(never) private func fields(_ expression: Expr) throws(Raised) -> Value {
        switch expression {
        case .boolOp(let op, let values):
            let n = new(.BoolOp)
            try set(n, .op, operatorInstance(.And, Int(op.rawValue)))
            try set(n, .values, exprs(values))
            return n
        case .namedExpr(let target, let value): return try two(.NamedExpr, .target, target, .value, value)
        case .binOp(let left, let op, let right): return try binary(left, op, right)
        case .unaryOp(let op, let operand):
            let n = new(.UnaryOp)
            try set(n, .op, operatorInstance(.Invert, Int(op.rawValue)))
            try set(n, .operand, expr(operand))
            return n
        case .lambda(let args, let body):
            let n = new(.Lambda)
            try set(n, .args, arguments(tree[args]))
            try set(n, .body, expr(body))
            return n
        case .ifExp(let test, let body, let orelse):
            let n = try two(.IfExp, .test, test, .body, body)
            try set(n, .orelse, expr(orelse))
            return n
        case .dict(let keys, let values):
            let n = new(.Dict)
            try set(n, .keys, exprs(keys))
            try set(n, .values, exprs(values))
            return n
        case .set(let elts): return try listNode(.Set, .elts, elts)
        case .listComp(let elt, let generators): return try comprehension(.ListComp, elt, generators)
        case .setComp(let elt, let generators): return try comprehension(.SetComp, elt, generators)
        case .generatorExp(let elt, let generators): return try comprehension(.GeneratorExp, elt, generators)
        case .dictComp(let key, let value, let generators):
            let n = try two(.DictComp, .key, key, .value, value)
            try set(n, .generators, list(generators) { id throws(Raised) in try clause(tree[id]) })
            return n
        case .await(let value): return try one(.Await, .value, value)
        case .yield(let value): return try one(.Yield, .value, value)
        case .yieldFrom(let value): return try one(.YieldFrom, .value, value)
        case .compare(let left, let ops, let comparators):
            let n = try one(.Compare, .left, left)
            let list = try vm.newList(capacity: ops.count)
            for i in 0..<ops.count { try list.append(vm, operatorInstance(.Eq, Int(tree.compareOperator(ops, i).rawValue))) }
            try set(n, .ops, list.value)
            try set(n, .comparators, exprs(comparators))
            return n
        case .call(let function, let args, let keywords):
            let n = try one(.Call, .func, function)
            try set(n, .args, exprs(args))
            try set(n, .keywords, keywordList(keywords))
            return n
        case .formattedValue(let value, let conversion, let formatSpec):
            let n = try one(.FormattedValue, .value, value)
            try set(n, .conversion, vm.int(Int(conversion.rawValue)))
            try set(n, .format_spec, expr(formatSpec))
            return n
        case .joinedStr(let values): return try listNode(.JoinedStr, .values, values)
        case .constant(let value, let isU):
            let n = new(.Constant)
            try set(n, .value, literal(value))
            try set(n, .kind, isU ? vm.intern("u") : .none)
            return n
        case .attribute(let value, let attr, let ctx):
            let n = try one(.Attribute, .value, value)
            try set(n, .attr, name(attr))
            try context(n, ctx)
            return n
        case .subscript(let value, let slice, let ctx):
            let n = try two(.Subscript, .value, value, .slice, slice)
            try context(n, ctx)
            return n
        case .starred(let value, let ctx):
            let n = try one(.Starred, .value, value)
            try context(n, ctx)
            return n
        case .name(let id, let ctx):
            let n = new(.Name)
            try set(n, .id, name(id))
            try context(n, ctx)
            return n
        case .list(let elts, let ctx):
            let n = try listNode(.List, .elts, elts)
            try context(n, ctx)
            return n
        case .tuple(let elts, let ctx):
            let n = try listNode(.Tuple, .elts, elts)
            try context(n, ctx)
            return n
        case .slice(let lower, let upper, let step):
            let n = try two(.Slice, .lower, lower, .upper, upper)
            try set(n, .step, expr(step))
            return n
        }
    }

    private func one(_ kind: NodeKind, _ field: NodeField, _ value: ExprID?) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, field, expr(value))
        return n
    }
    private func two(_ kind: NodeKind, _ a: NodeField, _ x: ExprID?, _ b: NodeField, _ y: ExprID?) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, a, expr(x))
        try set(n, b, expr(y))
        return n
    }
    private func listNode(_ kind: NodeKind, _ field: NodeField, _ items: NodeList<ExprID>) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, field, exprs(items))
        return n
    }
    private func comprehension(_ kind: NodeKind, _ elt: ExprID, _ generators: NodeList<ComprehensionID>) throws(Raised) -> Value {
        let n = try one(kind, .elt, elt)
        try set(n, .generators, list(generators) { id throws(Raised) in try clause(tree[id]) })
        return n
    }

    private func clause(_ c: Comprehension) throws(Raised) -> Value {
        let n = try two(.comprehension, .target, c.target, .iter, c.iter)
        try set(n, .ifs, exprs(c.ifs))
        try set(n, .is_async, vm.int(c.isAsync ? 1 : 0))
        return n
    }

    private func keywordList(_ items: NodeList<KeywordID>) throws(Raised) -> Value {
        try list(items) { id throws(Raised) in
            let keyword = tree[id]
            let n = new(.keyword)
            try set(n, .arg, name(keyword.arg))
            try set(n, .value, expr(keyword.value))
            try place(n, keyword.span)
            return n
        }
    }

    private func parameter(_ id: ArgID?) throws(Raised) -> Value {
        guard let id else { return .none }
        let arg = tree[id]
        let n = new(.arg)
        try set(n, .arg, name(arg.arg))
        try set(n, .annotation, expr(arg.annotation))
        try set(n, .type_comment, literal(arg.typeComment))
        try place(n, arg.span)
        return n
    }

    private func arguments(_ a: Arguments) throws(Raised) -> Value {
        let n = new(.arguments)
        try set(n, .posonlyargs, list(a.posonlyargs) { id throws(Raised) in try parameter(id) })
        try set(n, .args, list(a.args) { id throws(Raised) in try parameter(id) })
        try set(n, .vararg, parameter(a.vararg))
        try set(n, .kwonlyargs, list(a.kwonlyargs) { id throws(Raised) in try parameter(id) })
        try set(n, .kw_defaults, exprs(a.kwDefaults))
        try set(n, .kwarg, parameter(a.kwarg))
        try set(n, .defaults, exprs(a.defaults))
        return n
    }

    // MARK: stmt

    @inline(never) private func stmt(_ id: StmtID) throws(Raised) -> Value {
        try enter()
        let node = try fields(tree[id])
        try place(node, tree.span(id))
        return node
    }

    @inline(never) private func fields(_ statement: Stmt) throws(Raised) -> Value {
        switch statement {
        case .functionDef(let id): return try function(.FunctionDef, tree[id])
        case .asyncFunctionDef(let id): return try function(.AsyncFunctionDef, tree[id])
        case .classDef(let id):
            let c = tree[id]
            let n = new(.ClassDef)
            try set(n, .name, name(c.name))
            try set(n, .bases, exprs(c.bases))
            try set(n, .keywords, keywordList(c.keywords))
            try set(n, .body, stmts(c.body))
            try set(n, .decorator_list, exprs(c.decoratorList))
            return n
        case .return(let value): return try one(.Return, .value, value)
        case .delete(let targets): return try listNode(.Delete, .targets, targets)
        case .assign(let targets, let value, let typeComment):
            let n = try listNode(.Assign, .targets, targets)
            try set(n, .value, expr(value))
            try set(n, .type_comment, literal(typeComment))
            return n
        case .augAssign(let target, let op, let value):
            let n = try one(.AugAssign, .target, target)
            try set(n, .op, operatorInstance(.Add, Int(op.rawValue)))
            try set(n, .value, expr(value))
            return n
        case .annAssign(let target, let annotation, let value, let simple):
            let n = try two(.AnnAssign, .target, target, .annotation, annotation)
            try set(n, .value, expr(value))
            try set(n, .simple, vm.int(simple ? 1 : 0))
            return n
        case .for(let target, let iter, let body, let orelse, let comment):
            return try loop(.For, target, iter, body, orelse, comment)
        case .asyncFor(let target, let iter, let body, let orelse, let comment):
            return try loop(.AsyncFor, target, iter, body, orelse, comment)
        case .while(let test, let body, let orelse): return try branch(.While, test, body, orelse)
        case .if(let test, let body, let orelse): return try branch(.If, test, body, orelse)
        case .with(let items, let body, let comment): return try with(.With, items, body, comment)
        case .asyncWith(let items, let body, let comment): return try with(.AsyncWith, items, body, comment)
        case .match(let subject, let cases):
            let n = try one(.Match, .subject, subject)
            try set(n, .cases, list(cases) { id throws(Raised) in try matchCase(tree[id]) })
            return n
        case .raise(let exc, let cause): return try two(.Raise, .exc, exc, .cause, cause)
        case .try(let body, let handlers, let orelse, let finalbody):
            let n = new(.Try)
            try set(n, .body, stmts(body))
            try set(n, .handlers, list(handlers) { id throws(Raised) in try handler(tree[id]) })
            try set(n, .orelse, stmts(orelse))
            try set(n, .finalbody, stmts(finalbody))
            return n
        case .assert(let test, let msg): return try two(.Assert, .test, test, .msg, msg)
        case .import(let names):
            let n = new(.Import)
            try set(n, .names, aliases(names))
            return n
        case .importFrom(let module, let names, let level):
            let n = new(.ImportFrom)
            try set(n, .module, name(module))
            try set(n, .names, aliases(names))
            try set(n, .level, vm.int(Int(level)))
            return n
        case .global(let ids): return try nameList(.Global, ids)
        case .nonlocal(let ids): return try nameList(.Nonlocal, ids)
        case .expr(let value): return try one(.Expr, .value, value)
        case .pass: return new(.Pass)
        case .break: return new(.Break)
        case .continue: return new(.Continue)
        }
    }

    private func nameList(_ kind: NodeKind, _ ids: NodeList<NameID>) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, .names, list(ids) { id throws(Raised) in name(id) })
        return n
    }

    private func aliases(_ items: NodeList<AliasID>) throws(Raised) -> Value {
        try list(items) { id throws(Raised) in
            let alias = tree[id]
            let n = new(.alias)
            try set(n, .name, name(alias.name))
            try set(n, .asname, name(alias.asname))
            try place(n, alias.span)
            return n
        }
    }

    private func function(_ kind: NodeKind, _ f: FunctionDef) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, .name, name(f.name))
        try set(n, .args, arguments(tree[f.args]))
        try set(n, .body, stmts(f.body))
        try set(n, .decorator_list, exprs(f.decoratorList))
        try set(n, .returns, expr(f.returns))
        try set(n, .type_comment, literal(f.typeComment))
        return n
    }

    private func loop(
        _ kind: NodeKind, _ target: ExprID, _ iter: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>, _ comment: LiteralID?
    ) throws(Raised) -> Value {
        let n = try two(kind, .target, target, .iter, iter)
        try set(n, .body, stmts(body))
        try set(n, .orelse, stmts(orelse))
        try set(n, .type_comment, literal(comment))
        return n
    }

    private func branch(_ kind: NodeKind, _ test: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>) throws(Raised) -> Value {
        let n = try one(kind, .test, test)
        try set(n, .body, stmts(body))
        try set(n, .orelse, stmts(orelse))
        return n
    }

    private func with(_ kind: NodeKind, _ items: NodeList<WithItemID>, _ body: NodeList<StmtID>, _ comment: LiteralID?) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, .items, list(items) { id throws(Raised) in
            let item = tree[id]
            return try two(.withitem, .context_expr, item.contextExpr, .optional_vars, item.optionalVars)
        })
        try set(n, .body, stmts(body))
        try set(n, .type_comment, literal(comment))
        return n
    }

    private func handler(_ h: Handler) throws(Raised) -> Value {
        let n = try one(.ExceptHandler, .type, h.type)
        try set(n, .name, name(h.name))
        try set(n, .body, stmts(h.body))
        try place(n, h.span)
        return n
    }

    private func matchCase(_ c: MatchCase) throws(Raised) -> Value {
        let n = new(.match_case)
        try set(n, .pattern, pattern(c.pattern))
        try set(n, .guard, expr(c.guardExpr))
        try set(n, .body, stmts(c.body))
        return n
    }

    // MARK: pattern

    @inline(never) private func pattern(_ id: PatternID) throws(Raised) -> Value {
        try enter()
        let node = try fields(tree[id])
        try place(node, tree.span(id))
        return node
    }

    private func fields(_ p: Pattern) throws(Raised) -> Value {
        switch p {
        case .matchValue(let value): return try one(.MatchValue, .value, value)
        case .matchSingleton(let value):
            let n = new(.MatchSingleton)
            try set(n, .value, literal(value))
            return n
        case .matchSequence(let items): return try patternNode(.MatchSequence, items)
        case .matchMapping(let keys, let items, let rest):
            let n = try listNode(.MatchMapping, .keys, keys)
            try set(n, .patterns, patterns(items))
            try set(n, .rest, name(rest))
            return n
        case .matchClass(let cls, let items, let attributes, let keywordPatterns):
            let n = try one(.MatchClass, .cls, cls)
            try set(n, .patterns, patterns(items))
            try set(n, .kwd_attrs, list(attributes) { id throws(Raised) in name(id) })
            try set(n, .kwd_patterns, patterns(keywordPatterns))
            return n
        case .matchStar(let id):
            let n = new(.MatchStar)
            try set(n, .name, name(id))
            return n
        case .matchAs(let inner, let id):
            let n = new(.MatchAs)
            try set(n, .pattern, inner.map { id throws(Raised) in try pattern(id) } ?? .none)
            try set(n, .name, name(id))
            return n
        case .matchOr(let items): return try patternNode(.MatchOr, items)
        }
    }

    private func patternNode(_ kind: NodeKind, _ items: NodeList<PatternID>) throws(Raised) -> Value {
        let n = new(kind)
        try set(n, .patterns, patterns(items))
        return n
    }
}

/// The compiler's constant for a literal of the tree.
func constant(_ literal: Literal) -> Constant {
    switch literal {
    case .none: .none
    case .ellipsis: .ellipsis
    case .bool(let b): .bool(b)
    case .int(let i): .int(i)
    case .bigInt(let big): .bigInt(big)
    case .float(let bits): .float(bits)
    case .complex(let re, let im): .complex(re, im)
    case .str(let text): .str(text)
    case .bytes(let bytes): .bytes(bytes)
    case .tuple(let items): .tuple(items.map(constant))
    case .frozenset(let items): .frozenset(items.map(constant))
    }
}
