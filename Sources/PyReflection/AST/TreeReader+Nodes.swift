// Reading each node class. Fields are read in the grammar's order; then those that may not be None are asked for.
// CPython: obj2ast_* in Python/Python-ast.c (generated).
import PyRuntime
import PySyntax
import PyUnicode

extension TreeReader {
    // MARK: mod

    /// Reads a `mod` that must be of the class `mode` needs.
    func module(_ node: Value, _ kind: NodeKind) throws(Raised) {
        guard try vm.isInstance(node, made.types[kind.rawValue]) else {
            throw vm.raise(.typeError, "expected \(kind.name) node, got \(vm.typeName(node))")
        }
        switch kind {
        case .Interactive: tree.module = .interactive(body: try stmts(node, .body, "Interactive"))
        case .Expression:
            guard let body = try expr(node, .body, "Expression") else { throw needed(.body, "Expression") }
            tree.module = .expression(body: body)
        case .FunctionType:
            let argtypes = try exprs(node, .argtypes, "FunctionType")
            guard let returns = try expr(node, .returns, "FunctionType") else { throw needed(.returns, "FunctionType") }
            tree.module = .functionType(argtypes: argtypes, returns: returns)
        default:
            let body = try stmts(node, .body, "Module")
            var ignores: [TypeIgnore] = []
            let _: NodeList<NameID> = try list(node, .type_ignores, "Module") { item throws(Raised) in
                if item.isNone { return nil }
                guard try vm.isInstance(item, made.types[NodeKind.TypeIgnore.rawValue]) else {
                    throw vm.raise(.typeError, "expected some sort of type_ignore, but got \(try vm.reprText(item))")
                }
                let line = try integer(item, .lineno, "TypeIgnore")
                let tag = try required(item, .tag, "TypeIgnore")
                if tag.isNone { throw needed(.tag, "TypeIgnore") }
                ignores.append(TypeIgnore(line: line, tag: try string(tag)))
                return nil
            }
            tree.module = .module(body: body, typeIgnores: ignores)
        }
    }

    // MARK: expr

    func expr(_ node: Value) throws(Raised) -> ExprID? {
        if node.isNone { return nil }
        try vm.enterRecursion(" while traversing 'expr' node")
        defer { vm.leaveRecursion() }
        let span = try span(node, "expr")
        let kind = try kind(node, .BoolOp, .Slice, "expr")
        return tree.add(try fields(node, kind), span)
    }

    private func must(_ value: ExprID?, _ field: NodeField, _ owner: StaticString) throws(Raised) -> ExprID {
        guard let value else { throw needed(field, owner) }
        return value
    }

    private func two(_ node: Value, _ a: NodeField, _ b: NodeField, _ owner: StaticString) throws(Raised) -> (ExprID, ExprID) {
        let x = try expr(node, a, owner), y = try expr(node, b, owner)
        return (try must(x, a, owner), try must(y, b, owner))
    }

    private func fields(_ n: Value, _ kind: NodeKind) throws(Raised) -> Expr {
        let owner = kind.name
        switch kind {
        case .BoolOp:
            let op = try required(n, .op, owner)
            let which = try self.kind(op, .And, .Or, "boolop")
            let values = try exprs(n, .values, owner)
            return .boolOp(op: which == .And ? .and : .or, values: values)
        case .NamedExpr:
            let (target, value) = try two(n, .target, .value, owner)
            return .namedExpr(target: target, value: value)
        case .BinOp: return try binary(n)
        case .UnaryOp:
            let op = try required(n, .op, owner)
            let which = try self.kind(op, .Invert, .USub, "unaryop")
            let operand = try expr(n, .operand, owner)
            guard let unary = UnaryOperator(rawValue: UInt8(truncatingIfNeeded: which.rawValue - NodeKind.Invert.rawValue)) else {
                throw needed(.op, owner)
            }
            return .unaryOp(op: unary, operand: try must(operand, .operand, owner))
        case .Lambda:
            let args = try argumentsField(n, owner)
            let body = try expr(n, .body, owner)
            guard let args else { throw needed(.args, owner) }
            return .lambda(args: args, body: try must(body, .body, owner))
        case .IfExp:
            let test = try expr(n, .test, owner), body = try expr(n, .body, owner), orelse = try expr(n, .orelse, owner)
            return .ifExp(test: try must(test, .test, owner), body: try must(body, .body, owner), orelse: try must(orelse, .orelse, owner))
        case .Dict:
            let keys = try exprs(n, .keys, owner)
            return .dict(keys: keys, values: try exprs(n, .values, owner))
        case .Set: return .set(elts: try exprs(n, .elts, owner))
        case .ListComp, .SetComp, .GeneratorExp:
            let elt = try expr(n, .elt, owner)
            let generators = try generators(n, owner)
            let element = try must(elt, .elt, owner)
            if kind == .ListComp { return .listComp(elt: element, generators: generators) }
            return kind == .SetComp ? .setComp(elt: element, generators: generators) : .generatorExp(elt: element, generators: generators)
        case .DictComp:
            let key = try expr(n, .key, owner), value = try expr(n, .value, owner)
            let generators = try generators(n, owner)
            return .dictComp(key: try must(key, .key, owner), value: try must(value, .value, owner), generators: generators)
        case .Await: return .await(value: try must(try expr(n, .value, owner), .value, owner))
        case .Yield: return .yield(value: try optionalExpr(n, .value))
        case .YieldFrom: return .yieldFrom(value: try must(try expr(n, .value, owner), .value, owner))
        case .Compare:
            let left = try expr(n, .left, owner)
            let ops = try compareOperators(n)
            let comparators = try exprs(n, .comparators, owner)
            return .compare(left: try must(left, .left, owner), ops: ops, comparators: comparators)
        case .Call:
            let function = try expr(n, .func, owner)
            let args = try exprs(n, .args, owner)
            let keywords = try keywords(n, owner)
            return .call(func: try must(function, .func, owner), args: args, keywords: keywords)
        case .FormattedValue: return try formattedValue(n)
        case .JoinedStr: return .joinedStr(values: try exprs(n, .values, owner))
        case .Constant:
            let value = try literal(required(n, .value, owner))
            let kindText = try optional(n, .kind)
            var isU = false
            if !kindText.isNull && !kindText.isNone { isU = try string(kindText) == PyText("u") }
            return .constant(value: value, isU: isU)
        case .Attribute:
            let value = try expr(n, .value, owner)
            let attr = try identifier(n, .attr, owner)
            let ctx = try context(n, owner)
            let object = try must(value, .value, owner)
            guard let attr else { throw needed(.attr, owner) }
            return .attribute(value: object, attr: attr, ctx: try must(ctx, owner))
        case .Subscript:
            let value = try expr(n, .value, owner), slice = try expr(n, .slice, owner)
            let ctx = try context(n, owner)
            return .subscript(value: try must(value, .value, owner), slice: try must(slice, .slice, owner), ctx: try must(ctx, owner))
        case .Starred:
            let value = try expr(n, .value, owner)
            let ctx = try context(n, owner)
            return .starred(value: try must(value, .value, owner), ctx: try must(ctx, owner))
        case .Name:
            let id = try identifier(n, .id, owner)
            let ctx = try context(n, owner)
            guard let id else { throw needed(.id, owner) }
            return .name(id: id, ctx: try must(ctx, owner))
        case .List:
            let elts = try exprs(n, .elts, owner)
            return .list(elts: elts, ctx: try must(try context(n, owner), owner))
        case .Tuple:
            let elts = try exprs(n, .elts, owner)
            return .tuple(elts: elts, ctx: try must(try context(n, owner), owner))
        default:
            let lower = try optionalExpr(n, .lower), upper = try optionalExpr(n, .upper)
            return .slice(lower: lower, upper: upper, step: try optionalExpr(n, .step))
        }
    }

    private func must(_ ctx: ExprContext?, _ owner: StaticString) throws(Raised) -> ExprContext {
        guard let ctx else { throw needed(.ctx, owner) }
        return ctx
    }

    private func binary(_ n: Value) throws(Raised) -> Expr {
        let left = try expr(n, .left, "BinOp")
        let op = try binaryOperator(n, "BinOp")
        let right = try expr(n, .right, "BinOp")
        let first = try must(left, .left, "BinOp")
        guard let op else { throw needed(.op, "BinOp") }
        return .binOp(left: first, op: op, right: try must(right, .right, "BinOp"))
    }

    private func formattedValue(_ n: Value) throws(Raised) -> Expr {
        let value = try expr(n, .value, "FormattedValue")
        let conversion = try integer(n, .conversion, "FormattedValue")
        let spec = try optionalExpr(n, .format_spec)
        let known = Int8(exactly: conversion).flatMap { Conversion(rawValue: $0) }
        let operand = try must(value, .value, "FormattedValue")
        if known == nil { invalid.conversions[operand.raw] = Int(conversion) }
        return .formattedValue(value: operand, conversion: known ?? .none, formatSpec: spec)
    }

    // MARK: Products

    private func generators(_ n: Value, _ owner: StaticString) throws(Raised) -> NodeList<ComprehensionID> {
        try list(n, .generators, owner) { c throws(Raised) in
            try vm.enterRecursion(" while traversing 'comprehension' node")
            defer { vm.leaveRecursion() }
            let target = try expr(c, .target, "comprehension"), iter = try expr(c, .iter, "comprehension")
            let ifs = try exprs(c, .ifs, "comprehension")
            let isAsync = try integer(c, .is_async, "comprehension")
            return ComprehensionID(raw: tree.comprehensions.append(Comprehension(
                target: try must(target, .target, "comprehension"), iter: try must(iter, .iter, "comprehension"), ifs: ifs, isAsync: isAsync != 0)))
        }
    }

    private func keywords(_ n: Value, _ owner: StaticString) throws(Raised) -> NodeList<KeywordID> {
        try list(n, .keywords, owner) { k throws(Raised) in
            try vm.enterRecursion(" while traversing 'keyword' node")
            defer { vm.leaveRecursion() }
            let arg = try identifier(optional(k, .arg))
            let value = try expr(k, .value, "keyword")
            let span = try span(k, "keyword")
            return KeywordID(raw: tree.keywords.append(Keyword(span: span, arg: arg, value: try must(value, .value, "keyword"))))
        }
    }

    private func parameter(_ node: Value) throws(Raised) -> ArgID? {
        let arg = try identifier(node, .arg, "arg")
        let annotation = try optionalExpr(node, .annotation)
        let comment = try typeComment(node)
        let span = try span(node, "arg")
        guard let arg else { throw needed(.arg, "arg") }
        return ArgID(raw: tree.args.append(Arg(span: span, arg: arg, annotation: annotation, typeComment: comment)))
    }

    private func optionalParameter(_ node: Value, _ field: NodeField) throws(Raised) -> ArgID? {
        let value = try optional(node, field)
        return value.isNull || value.isNone ? nil : try parameter(value)
    }

    private func argumentsField(_ n: Value, _ owner: StaticString) throws(Raised) -> ArgumentsID? {
        let node = try required(n, .args, owner)
        let posonlyargs = try list(node, .posonlyargs, "arguments") { v throws(Raised) in try parameter(v) }
        let args = try list(node, .args, "arguments") { v throws(Raised) in try parameter(v) }
        let vararg = try optionalParameter(node, .vararg)
        let kwonlyargs = try list(node, .kwonlyargs, "arguments") { v throws(Raised) in try parameter(v) }
        let kwDefaults = try exprs(node, .kw_defaults, "arguments")
        let kwarg = try optionalParameter(node, .kwarg)
        let defaults = try exprs(node, .defaults, "arguments")
        return ArgumentsID(raw: tree.arguments.append(Arguments(
            posonlyargs: posonlyargs, args: args, vararg: vararg, kwonlyargs: kwonlyargs, kwDefaults: kwDefaults, kwarg: kwarg,
            defaults: defaults)))
    }

    // MARK: stmt

    func stmt(_ node: Value) throws(Raised) -> StmtID? {
        if node.isNone { return nil }
        try vm.enterRecursion(" while traversing 'stmt' node")
        defer { vm.leaveRecursion() }
        let span = try span(node, "stmt")
        let kind = try kind(node, .FunctionDef, .Continue, "stmt")
        return tree.add(try fields(node, kind), span)
    }

    private func fields(_ n: Value, _ kind: NodeKind) throws(Raised) -> Stmt {
        let owner = kind.name
        switch kind {
        case .FunctionDef: return .functionDef(try function(n, owner))
        case .AsyncFunctionDef: return .asyncFunctionDef(try function(n, owner))
        case .ClassDef:
            let name = try identifier(n, .name, owner)
            let bases = try exprs(n, .bases, owner)
            let keywords = try keywords(n, owner)
            let body = try stmts(n, .body, owner)
            let decorators = try exprs(n, .decorator_list, owner)
            guard let name else { throw needed(.name, owner) }
            return .classDef(ClassDefID(raw: tree.classes.append(ClassDef(
                name: name, bases: bases, keywords: keywords, body: body, decoratorList: decorators))))
        case .Return: return .return(value: try optionalExpr(n, .value))
        case .Delete: return .delete(targets: try exprs(n, .targets, owner))
        case .Assign:
            let targets = try exprs(n, .targets, owner)
            let value = try expr(n, .value, owner)
            let comment = try typeComment(n)
            return .assign(targets: targets, value: try must(value, .value, owner), typeComment: comment)
        case .AugAssign:
            let target = try expr(n, .target, owner)
            let op = try binaryOperator(n, owner)
            let value = try expr(n, .value, owner)
            let place = try must(target, .target, owner)
            guard let op else { throw needed(.op, owner) }
            return .augAssign(target: place, op: op, value: try must(value, .value, owner))
        case .AnnAssign:
            let target = try expr(n, .target, owner), annotation = try expr(n, .annotation, owner)
            let value = try optionalExpr(n, .value)
            let simple = try integer(n, .simple, owner)
            return .annAssign(
                target: try must(target, .target, owner), annotation: try must(annotation, .annotation, owner), value: value, simple: simple != 0)
        case .For, .AsyncFor:
            let target = try expr(n, .target, owner), iter = try expr(n, .iter, owner)
            let body = try stmts(n, .body, owner), orelse = try stmts(n, .orelse, owner)
            let comment = try typeComment(n)
            let place = try must(target, .target, owner), source = try must(iter, .iter, owner)
            return kind == .For
                ? .for(target: place, iter: source, body: body, orelse: orelse, typeComment: comment)
                : .asyncFor(target: place, iter: source, body: body, orelse: orelse, typeComment: comment)
        case .While, .If:
            let test = try expr(n, .test, owner)
            let body = try stmts(n, .body, owner), orelse = try stmts(n, .orelse, owner)
            let condition = try must(test, .test, owner)
            return kind == .While ? .while(test: condition, body: body, orelse: orelse) : .if(test: condition, body: body, orelse: orelse)
        case .With, .AsyncWith:
            let items = try withItems(n, owner)
            let body = try stmts(n, .body, owner)
            let comment = try typeComment(n)
            return kind == .With ? .with(items: items, body: body, typeComment: comment) : .asyncWith(items: items, body: body, typeComment: comment)
        case .Match:
            let subject = try expr(n, .subject, owner)
            let cases = try matchCases(n)
            return .match(subject: try must(subject, .subject, owner), cases: cases)
        case .Raise:
            let exc = try optionalExpr(n, .exc)
            return .raise(exc: exc, cause: try optionalExpr(n, .cause))
        case .Try:
            let body = try stmts(n, .body, owner)
            let handlers = try list(n, .handlers, owner) { h throws(Raised) in try handler(h) }
            let orelse = try stmts(n, .orelse, owner)
            return .try(body: body, handlers: handlers, orelse: orelse, finalbody: try stmts(n, .finalbody, owner))
        case .Assert:
            let test = try expr(n, .test, owner)
            let msg = try optionalExpr(n, .msg)
            return .assert(test: try must(test, .test, owner), msg: msg)
        case .Import: return .import(names: try aliases(n, owner))
        case .ImportFrom:
            let module = try identifier(optional(n, .module))
            let names = try aliases(n, owner)
            return .importFrom(module: module, names: names, level: try optionalInteger(n, .level))
        case .Global: return .global(names: try identifiers(n, .names, owner))
        case .Nonlocal: return .nonlocal(names: try identifiers(n, .names, owner))
        case .Expr: return .expr(value: try must(try expr(n, .value, owner), .value, owner))
        case .Pass: return .pass
        case .Break: return .break
        default: return .continue
        }
    }

    private func function(_ n: Value, _ owner: StaticString) throws(Raised) -> FunctionDefID {
        let name = try identifier(n, .name, owner)
        let args = try argumentsField(n, owner)
        let body = try stmts(n, .body, owner)
        let decorators = try exprs(n, .decorator_list, owner)
        let returns = try optionalExpr(n, .returns)
        let comment = try typeComment(n)
        guard let name else { throw needed(.name, owner) }
        guard let args else { throw needed(.args, owner) }
        return FunctionDefID(raw: tree.functions.append(FunctionDef(
            name: name, args: args, body: body, decoratorList: decorators, returns: returns, typeComment: comment)))
    }

    private func withItems(_ n: Value, _ owner: StaticString) throws(Raised) -> NodeList<WithItemID> {
        try list(n, .items, owner) { item throws(Raised) in
            let context = try expr(item, .context_expr, "withitem")
            let vars = try optionalExpr(item, .optional_vars)
            return WithItemID(raw: tree.withItems.append(WithItem(
                contextExpr: try must(context, .context_expr, "withitem"), optionalVars: vars)))
        }
    }

    private func aliases(_ n: Value, _ owner: StaticString) throws(Raised) -> NodeList<AliasID> {
        try list(n, .names, owner) { item throws(Raised) in
            let name = try identifier(item, .name, "alias")
            let asname = try identifier(optional(item, .asname))
            let span = try span(item, "alias")
            guard let name else { throw needed(.name, "alias") }
            return AliasID(raw: tree.aliases.append(Alias(span: span, name: name, asname: asname)))
        }
    }

    private func handler(_ node: Value) throws(Raised) -> HandlerID? {
        if node.isNone { return nil }
        let span = try span(node, "excepthandler")
        _ = try kind(node, .ExceptHandler, .ExceptHandler, "excepthandler")
        let type = try optionalExpr(node, .type)
        let name = try identifier(optional(node, .name))
        let body = try stmts(node, .body, "ExceptHandler")
        return HandlerID(raw: tree.handlers.append(Handler(span: span, type: type, name: name, body: body)))
    }

    private func matchCases(_ n: Value) throws(Raised) -> NodeList<MatchCaseID> {
        try list(n, .cases, "Match") { item throws(Raised) in
            let pattern = try pattern(required(item, .pattern, "match_case"))
            let test = try optionalExpr(item, .guard)
            let body = try stmts(item, .body, "match_case")
            guard let pattern else { throw needed(.pattern, "match_case") }
            return MatchCaseID(raw: tree.matchCases.append(MatchCase(pattern: pattern, guardExpr: test, body: body)))
        }
    }

    // MARK: pattern

    func pattern(_ node: Value) throws(Raised) -> PatternID? {
        if node.isNone { return nil }
        try vm.enterRecursion(" while traversing 'pattern' node")
        defer { vm.leaveRecursion() }
        let span = try span(node, "pattern", endRequired: true)
        let kind = try kind(node, .MatchValue, .MatchOr, "pattern")
        return tree.add(try fields(node, kind), span)
    }

    private func fields(_ n: Value, _ kind: NodeKind) throws(Raised) -> Pattern {
        let owner = kind.name
        switch kind {
        case .MatchValue: return .matchValue(value: try must(try expr(n, .value, owner), .value, owner))
        case .MatchSingleton: return .matchSingleton(value: try literal(required(n, .value, owner)))
        case .MatchSequence: return .matchSequence(patterns: try patterns(n, .patterns, owner))
        case .MatchMapping:
            let keys = try exprs(n, .keys, owner)
            let items = try patterns(n, .patterns, owner)
            return .matchMapping(keys: keys, patterns: items, rest: try identifier(optional(n, .rest)))
        case .MatchClass:
            let cls = try expr(n, .cls, owner)
            let items = try patterns(n, .patterns, owner)
            let names = try identifiers(n, .kwd_attrs, owner)
            let keywordPatterns = try patterns(n, .kwd_patterns, owner)
            return .matchClass(cls: try must(cls, .cls, owner), patterns: items, kwdAttrs: names, kwdPatterns: keywordPatterns)
        case .MatchStar: return .matchStar(name: try identifier(optional(n, .name)))
        case .MatchAs:
            let inner = try optional(n, .pattern)
            let pattern = inner.isNull ? nil : try self.pattern(inner)
            return .matchAs(pattern: pattern, name: try identifier(optional(n, .name)))
        default: return .matchOr(patterns: try patterns(n, .patterns, owner))
        }
    }
}
