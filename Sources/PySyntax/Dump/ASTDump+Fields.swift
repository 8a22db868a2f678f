// The fields of every node in the order of the abstract grammar.
// Rules: `ast` module documentation, "Abstract Grammar", 3.10.
import PyUnicode

extension ASTDumper {
    /// The class, fields and (if asked for) position of a node.
    func node(_ value: DumpValue) -> DumpNode {
        var node = DumpNode()
        node.isNaming = options.annotateFields
        switch value {
        case .module: describeModule(&node)
        case .expr(let id):
            describe(tree[id], &node)
            position(tree.span(id), &node)
        case .stmt(let id):
            describe(tree[id], &node)
            position(tree.span(id), &node)
        case .pattern(let id):
            describe(tree[id], &node)
            position(tree.span(id), &node)
        case .arguments(let id): describe(tree[id], &node)
        case .arg(let id):
            let arg = tree[id]
            node.name = "arg"
            node.field("arg", .name(arg.arg))
            node.optional("annotation", arg.annotation.map(DumpValue.expr))
            node.optional("type_comment", arg.typeComment.map(DumpValue.literal))
            position(arg.span, &node)
        case .keyword(let id):
            let keyword = tree[id]
            node.name = "keyword"
            node.optional("arg", keyword.arg.map(DumpValue.name))
            node.field("value", .expr(keyword.value))
            position(keyword.span, &node)
        case .comprehension(let id):
            let clause = tree[id]
            node.name = "comprehension"
            node.field("target", .expr(clause.target))
            node.field("iter", .expr(clause.iter))
            node.field("ifs", .exprs(clause.ifs))
            node.field("is_async", .int(clause.isAsync ? 1 : 0))
        case .handler(let id):
            let handler = tree[id]
            node.name = "ExceptHandler"
            node.optional("type", handler.type.map(DumpValue.expr))
            node.optional("name", handler.name.map(DumpValue.name))
            node.field("body", .stmts(handler.body))
            position(handler.span, &node)
        case .withItem(let id):
            let item = tree[id]
            node.name = "withitem"
            node.field("context_expr", .expr(item.contextExpr))
            node.optional("optional_vars", item.optionalVars.map(DumpValue.expr))
        case .matchCase(let id):
            let matchCase = tree[id]
            node.name = "match_case"
            node.field("pattern", .pattern(matchCase.pattern))
            node.optional("guard", matchCase.guardExpr.map(DumpValue.expr))
            node.field("body", .stmts(matchCase.body))
        case .alias(let id):
            let alias = tree[id]
            node.name = "alias"
            node.field("name", .name(alias.name))
            node.optional("asname", alias.asname.map(DumpValue.name))
            position(alias.span, &node)
        case .typeIgnore(let index):
            node.name = "TypeIgnore"
            guard case .module(_, let ignores) = tree.module, index < ignores.count else { break }
            node.field("lineno", .int(Int(ignores[index].line)))
            node.field("tag", .text(ignores[index].tag))
        case .exprs, .stmts, .patterns, .args, .keywords, .comprehensions, .handlers, .withItems, .matchCases, .aliases,
            .names, .operators, .typeIgnores, .literal, .name, .text, .int, .symbol, .none:
            break
        }
        return node
    }

    private func position(_ span: Span, _ node: inout DumpNode) {
        guard options.includeAttributes else { return }
        node.isNaming = true
        node.field("lineno", .int(Int(span.line)))
        node.field("col_offset", .int(Int(span.column)))
        node.field("end_lineno", .int(Int(span.endLine)))
        node.field("end_col_offset", .int(Int(span.endColumn)))
    }

    private func describeModule(_ node: inout DumpNode) {
        switch tree.module {
        case .module(let body, let typeIgnores):
            node.name = "Module"
            node.field("body", .stmts(body))
            node.field("type_ignores", .typeIgnores(typeIgnores.count))
        case .interactive(let body):
            node.name = "Interactive"
            node.field("body", .stmts(body))
        case .expression(let body):
            node.name = "Expression"
            node.field("body", .expr(body))
        case .functionType(let argtypes, let returns):
            node.name = "FunctionType"
            node.field("argtypes", .exprs(argtypes))
            node.field("returns", .expr(returns))
        }
    }

    private func describe(_ arguments: Arguments, _ node: inout DumpNode) {
        node.name = "arguments"
        node.field("posonlyargs", .args(arguments.posonlyargs))
        node.field("args", .args(arguments.args))
        node.optional("vararg", arguments.vararg.map(DumpValue.arg))
        node.field("kwonlyargs", .args(arguments.kwonlyargs))
        node.field("kw_defaults", .exprs(arguments.kwDefaults))
        node.optional("kwarg", arguments.kwarg.map(DumpValue.arg))
        node.field("defaults", .exprs(arguments.defaults))
    }

    private func describe(_ expr: Expr, _ node: inout DumpNode) {
        switch expr {
        case .boolOp(let op, let values):
            node.name = "BoolOp"
            node.field("op", .symbol(op == .and ? "And()" : "Or()"))
            node.field("values", .exprs(values))
        case .namedExpr(let target, let value):
            node.name = "NamedExpr"
            node.field("target", .expr(target))
            node.field("value", .expr(value))
        case .binOp(let left, let op, let right):
            node.name = "BinOp"
            node.field("left", .expr(left))
            node.field("op", .symbol(Self.name(of: op)))
            node.field("right", .expr(right))
        case .unaryOp(let op, let operand):
            node.name = "UnaryOp"
            node.field("op", .symbol(Self.name(of: op)))
            node.field("operand", .expr(operand))
        case .lambda(let args, let body):
            node.name = "Lambda"
            node.field("args", .arguments(args))
            node.field("body", .expr(body))
        case .ifExp(let test, let body, let orelse):
            node.name = "IfExp"
            node.field("test", .expr(test))
            node.field("body", .expr(body))
            node.field("orelse", .expr(orelse))
        case .dict(let keys, let values):
            node.name = "Dict"
            node.field("keys", .exprs(keys))
            node.field("values", .exprs(values))
        case .set(let elts):
            node.name = "Set"
            node.field("elts", .exprs(elts))
        case .listComp(let elt, let generators): comprehension("ListComp", elt, generators, &node)
        case .setComp(let elt, let generators): comprehension("SetComp", elt, generators, &node)
        case .generatorExp(let elt, let generators): comprehension("GeneratorExp", elt, generators, &node)
        case .dictComp(let key, let value, let generators):
            node.name = "DictComp"
            node.field("key", .expr(key))
            node.field("value", .expr(value))
            node.field("generators", .comprehensions(generators))
        case .await(let value):
            node.name = "Await"
            node.field("value", .expr(value))
        case .yield(let value):
            node.name = "Yield"
            node.optional("value", value.map(DumpValue.expr))
        case .yieldFrom(let value):
            node.name = "YieldFrom"
            node.field("value", .expr(value))
        case .compare(let left, let ops, let comparators):
            node.name = "Compare"
            node.field("left", .expr(left))
            node.field("ops", .operators(ops))
            node.field("comparators", .exprs(comparators))
        case .call(let function, let args, let keywords):
            node.name = "Call"
            node.field("func", .expr(function))
            node.field("args", .exprs(args))
            node.field("keywords", .keywords(keywords))
        case .formattedValue(let value, let conversion, let formatSpec):
            node.name = "FormattedValue"
            node.field("value", .expr(value))
            node.field("conversion", .int(Int(conversion.rawValue)))
            node.optional("format_spec", formatSpec.map(DumpValue.expr))
        case .joinedStr(let values):
            node.name = "JoinedStr"
            node.field("values", .exprs(values))
        case .constant(let value, let isU):
            node.name = "Constant"
            node.field("value", .literal(value))
            node.optional("kind", isU ? .symbol("'u'") : nil)
        case .attribute(let value, let attr, let ctx):
            node.name = "Attribute"
            node.field("value", .expr(value))
            node.field("attr", .name(attr))
            context(ctx, &node)
        case .subscript(let value, let slice, let ctx):
            node.name = "Subscript"
            node.field("value", .expr(value))
            node.field("slice", .expr(slice))
            context(ctx, &node)
        case .starred(let value, let ctx):
            node.name = "Starred"
            node.field("value", .expr(value))
            context(ctx, &node)
        case .name(let id, let ctx):
            node.name = "Name"
            node.field("id", .name(id))
            context(ctx, &node)
        case .list(let elts, let ctx):
            node.name = "List"
            node.field("elts", .exprs(elts))
            context(ctx, &node)
        case .tuple(let elts, let ctx):
            node.name = "Tuple"
            node.field("elts", .exprs(elts))
            context(ctx, &node)
        case .slice(let lower, let upper, let step):
            node.name = "Slice"
            node.optional("lower", lower.map(DumpValue.expr))
            node.optional("upper", upper.map(DumpValue.expr))
            node.optional("step", step.map(DumpValue.expr))
        }
    }

    private func comprehension(
        _ name: StaticString, _ elt: ExprID, _ generators: NodeList<ComprehensionID>, _ node: inout DumpNode
    ) {
        node.name = name
        node.field("elt", .expr(elt))
        node.field("generators", .comprehensions(generators))
    }

    private func context(_ ctx: ExprContext, _ node: inout DumpNode) {
        switch ctx {
        case .load: node.field("ctx", .symbol("Load()"))
        case .store: node.field("ctx", .symbol("Store()"))
        case .del: node.field("ctx", .symbol("Del()"))
        }
    }

    private func describe(_ stmt: Stmt, _ node: inout DumpNode) {
        switch stmt {
        case .functionDef(let id): function("FunctionDef", tree[id], &node)
        case .asyncFunctionDef(let id): function("AsyncFunctionDef", tree[id], &node)
        case .classDef(let id):
            let definition = tree[id]
            node.name = "ClassDef"
            node.field("name", .name(definition.name))
            node.field("bases", .exprs(definition.bases))
            node.field("keywords", .keywords(definition.keywords))
            node.field("body", .stmts(definition.body))
            node.field("decorator_list", .exprs(definition.decoratorList))
        case .return(let value):
            node.name = "Return"
            node.optional("value", value.map(DumpValue.expr))
        case .delete(let targets):
            node.name = "Delete"
            node.field("targets", .exprs(targets))
        case .assign(let targets, let value, let typeComment):
            node.name = "Assign"
            node.field("targets", .exprs(targets))
            node.field("value", .expr(value))
            node.optional("type_comment", typeComment.map(DumpValue.literal))
        case .augAssign(let target, let op, let value):
            node.name = "AugAssign"
            node.field("target", .expr(target))
            node.field("op", .symbol(Self.name(of: op)))
            node.field("value", .expr(value))
        case .annAssign(let target, let annotation, let value, let simple):
            node.name = "AnnAssign"
            node.field("target", .expr(target))
            node.field("annotation", .expr(annotation))
            node.optional("value", value.map(DumpValue.expr))
            node.field("simple", .int(simple ? 1 : 0))
        case .for(let target, let iter, let body, let orelse, let typeComment):
            loop("For", target, iter, body, orelse, typeComment, &node)
        case .asyncFor(let target, let iter, let body, let orelse, let typeComment):
            loop("AsyncFor", target, iter, body, orelse, typeComment, &node)
        case .while(let test, let body, let orelse): branch("While", test, body, orelse, &node)
        case .if(let test, let body, let orelse): branch("If", test, body, orelse, &node)
        case .with(let items, let body, let typeComment): with("With", items, body, typeComment, &node)
        case .asyncWith(let items, let body, let typeComment): with("AsyncWith", items, body, typeComment, &node)
        case .match(let subject, let cases):
            node.name = "Match"
            node.field("subject", .expr(subject))
            node.field("cases", .matchCases(cases))
        case .raise(let exc, let cause):
            node.name = "Raise"
            node.optional("exc", exc.map(DumpValue.expr))
            node.optional("cause", cause.map(DumpValue.expr))
        case .try(let body, let handlers, let orelse, let finalbody):
            node.name = "Try"
            node.field("body", .stmts(body))
            node.field("handlers", .handlers(handlers))
            node.field("orelse", .stmts(orelse))
            node.field("finalbody", .stmts(finalbody))
        case .assert(let test, let msg):
            node.name = "Assert"
            node.field("test", .expr(test))
            node.optional("msg", msg.map(DumpValue.expr))
        case .import(let names):
            node.name = "Import"
            node.field("names", .aliases(names))
        case .importFrom(let module, let names, let level):
            node.name = "ImportFrom"
            node.optional("module", module.map(DumpValue.name))
            node.field("names", .aliases(names))
            node.field("level", .int(Int(level)))
        case .global(let names):
            node.name = "Global"
            node.field("names", .names(names))
        case .nonlocal(let names):
            node.name = "Nonlocal"
            node.field("names", .names(names))
        case .expr(let value):
            node.name = "Expr"
            node.field("value", .expr(value))
        case .pass: node.name = "Pass"
        case .break: node.name = "Break"
        case .continue: node.name = "Continue"
        }
    }

    private func function(_ name: StaticString, _ definition: FunctionDef, _ node: inout DumpNode) {
        node.name = name
        node.field("name", .name(definition.name))
        node.field("args", .arguments(definition.args))
        node.field("body", .stmts(definition.body))
        node.field("decorator_list", .exprs(definition.decoratorList))
        node.optional("returns", definition.returns.map(DumpValue.expr))
        node.optional("type_comment", definition.typeComment.map(DumpValue.literal))
    }

    private func loop(
        _ name: StaticString, _ target: ExprID, _ iter: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>,
        _ typeComment: LiteralID?, _ node: inout DumpNode
    ) {
        node.name = name
        node.field("target", .expr(target))
        node.field("iter", .expr(iter))
        node.field("body", .stmts(body))
        node.field("orelse", .stmts(orelse))
        node.optional("type_comment", typeComment.map(DumpValue.literal))
    }

    private func branch(
        _ name: StaticString, _ test: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>, _ node: inout DumpNode
    ) {
        node.name = name
        node.field("test", .expr(test))
        node.field("body", .stmts(body))
        node.field("orelse", .stmts(orelse))
    }

    private func with(
        _ name: StaticString, _ items: NodeList<WithItemID>, _ body: NodeList<StmtID>, _ typeComment: LiteralID?,
        _ node: inout DumpNode
    ) {
        node.name = name
        node.field("items", .withItems(items))
        node.field("body", .stmts(body))
        node.optional("type_comment", typeComment.map(DumpValue.literal))
    }

    private func describe(_ pattern: Pattern, _ node: inout DumpNode) {
        switch pattern {
        case .matchValue(let value):
            node.name = "MatchValue"
            node.field("value", .expr(value))
        case .matchSingleton(let value):
            node.name = "MatchSingleton"
            node.field("value", .literal(value))
        case .matchSequence(let patterns):
            node.name = "MatchSequence"
            node.field("patterns", .patterns(patterns))
        case .matchMapping(let keys, let patterns, let rest):
            node.name = "MatchMapping"
            node.field("keys", .exprs(keys))
            node.field("patterns", .patterns(patterns))
            node.optional("rest", rest.map(DumpValue.name))
        case .matchClass(let cls, let patterns, let kwdAttrs, let kwdPatterns):
            node.name = "MatchClass"
            node.field("cls", .expr(cls))
            node.field("patterns", .patterns(patterns))
            node.field("kwd_attrs", .names(kwdAttrs))
            node.field("kwd_patterns", .patterns(kwdPatterns))
        case .matchStar(let name):
            node.name = "MatchStar"
            node.optional("name", name.map(DumpValue.name))
        case .matchAs(let pattern, let name):
            node.name = "MatchAs"
            node.optional("pattern", pattern.map(DumpValue.pattern))
            node.optional("name", name.map(DumpValue.name))
        case .matchOr(let patterns):
            node.name = "MatchOr"
            node.field("patterns", .patterns(patterns))
        }
    }

    // MARK: Operators

    static func name(of op: Operator) -> StaticString {
        switch op {
        case .add: "Add()"
        case .sub: "Sub()"
        case .mult: "Mult()"
        case .matMult: "MatMult()"
        case .div: "Div()"
        case .mod: "Mod()"
        case .pow: "Pow()"
        case .lShift: "LShift()"
        case .rShift: "RShift()"
        case .bitOr: "BitOr()"
        case .bitXor: "BitXor()"
        case .bitAnd: "BitAnd()"
        case .floorDiv: "FloorDiv()"
        }
    }

    static func name(of op: UnaryOperator) -> StaticString {
        switch op {
        case .invert: "Invert()"
        case .not: "Not()"
        case .uAdd: "UAdd()"
        case .uSub: "USub()"
        }
    }

    static func name(of op: CompareOperator) -> StaticString {
        switch op {
        case .eq: "Eq()"
        case .notEq: "NotEq()"
        case .lt: "Lt()"
        case .ltE: "LtE()"
        case .gt: "Gt()"
        case .gtE: "GtE()"
        case .is: "Is()"
        case .isNot: "IsNot()"
        case .in: "In()"
        case .notIn: "NotIn()"
        }
    }
}
