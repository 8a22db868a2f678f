// What a tree handed to `compile()` must obey: the parser never makes anything else, a program may.
// CPython: Python/ast.c (_PyAST_Validate). Messages are CPython's.
import PyRuntime
import PySyntax
import PyUnicode

struct TreeValidator {
    let vm: VM
    let tree: SyntaxTree
    let invalid: TreeReader.InvalidConstants

    init(_ reader: TreeReader) {
        vm = reader.vm
        tree = reader.tree
        invalid = reader.invalid
    }

    private func refuse(_ message: String) -> Raised { vm.raise(.valueError, message) }

    func module() throws(Raised) {
        switch tree.module {
        case .module(let body, _): try stmts(body)
        case .interactive(let body): try stmts(body)
        case .expression(let body): try expr(body, .load)
        case .functionType(let argtypes, let returns):
            try exprs(argtypes, .load)
            try expr(returns, .load)
        }
    }

    // MARK: Lists

    private func stmts(_ list: NodeList<StmtID>) throws(Raised) {
        for id in tree.items(list) {
            if id.isAbsent { throw refuse("None disallowed in statement list") }
            try stmt(id)
        }
    }

    private func exprs(_ list: NodeList<ExprID>, _ ctx: ExprContext, nullable: Bool = false) throws(Raised) {
        for id in tree.items(list) {
            if id.isAbsent {
                if nullable { continue }
                throw refuse("None disallowed in expression list")
            }
            try expr(id, ctx)
        }
    }

    private func nonempty<ID>(_ list: NodeList<ID>, _ what: StaticString, _ owner: StaticString) throws(Raised) {
        if list.isEmpty { throw refuse("empty \(what) on \(owner)") }
    }

    private func body(_ list: NodeList<StmtID>, _ owner: StaticString) throws(Raised) {
        try nonempty(list, "body", owner)
        try stmts(list)
    }

    private func assignList(_ list: NodeList<ExprID>, _ ctx: ExprContext, _ owner: StaticString) throws(Raised) {
        try nonempty(list, "targets", owner)
        try exprs(list, ctx)
    }

    private func names(_ list: NodeList<NameID>, _ owner: StaticString) throws(Raised) {
        try nonempty(list, "names", owner)
        for id in tree.items(list) where id.isAbsent { throw refuse("None disallowed in identifier list") }
    }

    private func name(_ id: NameID) throws(Raised) {
        for word in [ReservedWord.None, .True, .False] where word.name == id {
            throw refuse("identifier field can't represent '\(word)' constant")
        }
    }
    private func name(_ id: NameID?) throws(Raised) { if let id { try name(id) } }

    private func keywords(_ list: NodeList<KeywordID>) throws(Raised) {
        for id in tree.items(list) { try expr(tree[id].value, .load) }
    }

    private func comprehensions(_ list: NodeList<ComprehensionID>) throws(Raised) {
        if list.isEmpty { throw refuse("comprehension with no generators") }
        for id in tree.items(list) {
            let clause = tree[id]
            try expr(clause.target, .store)
            try expr(clause.iter, .load)
            try exprs(clause.ifs, .load)
        }
    }

    private func arguments(_ a: Arguments) throws(Raised) {
        func annotations(_ list: NodeList<ArgID>) throws(Raised) {
            for id in tree.items(list) { if let annotation = tree[id].annotation { try expr(annotation, .load) } }
        }
        try annotations(a.posonlyargs)
        try annotations(a.args)
        if let id = a.vararg, let annotation = tree[id].annotation { try expr(annotation, .load) }
        try annotations(a.kwonlyargs)
        if let id = a.kwarg, let annotation = tree[id].annotation { try expr(annotation, .load) }
        if a.defaults.count > a.posonlyargs.count + a.args.count { throw refuse("more positional defaults than args on arguments") }
        if a.kwDefaults.count != a.kwonlyargs.count {
            throw refuse("length of kwonlyargs is not the same as kw_defaults on arguments")
        }
        try exprs(a.defaults, .load)
        try exprs(a.kwDefaults, .load, nullable: true)
    }

    private func literal(_ id: LiteralID) throws(Raised) {
        if let type = invalid.types[id.raw] { throw vm.raise(.typeError, "got an invalid type in Constant: \(type)") }
    }

    // MARK: expr

    private func text(_ ctx: ExprContext) -> String {
        switch ctx {
        case .load: "Load"
        case .store: "Store"
        case .del: "Del"
        }
    }

    private func check(_ actual: ExprContext?, _ wanted: ExprContext) throws(Raised) {
        if let actual {
            if actual != wanted { throw refuse("expression must have \(text(wanted)) context but has \(text(actual)) instead") }
        } else if wanted != .load {
            throw refuse("expression which can't be assigned to in \(text(wanted)) context")
        }
    }

    private func expr(_ id: ExprID, _ ctx: ExprContext) throws(Raised) {
        try vm.enterRecursion(" during compilation")
        defer { vm.leaveRecursion() }
        let node = tree[id]
        switch node {
        case .attribute(_, _, let own), .subscript(_, _, let own), .starred(_, let own), .list(_, let own), .tuple(_, let own):
            try check(own, ctx)
        case .name(let name, let own):
            try self.name(name)
            try check(own, ctx)
        default: try check(nil, ctx)
        }
        try children(node, ctx)
    }

    private func children(_ node: Expr, _ ctx: ExprContext) throws(Raised) {
        switch node {
        case .boolOp(_, let values):
            if values.count < 2 { throw refuse("BoolOp with less than 2 values") }
            try exprs(values, .load)
        case .namedExpr(let target, let value):
            try expr(target, .store)
            try expr(value, .load)
        case .binOp(let left, _, let right):
            try expr(left, .load)
            try expr(right, .load)
        case .unaryOp(_, let operand): try expr(operand, .load)
        case .lambda(let args, let body):
            try arguments(tree[args])
            try expr(body, .load)
        case .ifExp(let test, let body, let orelse):
            try expr(test, .load)
            try expr(body, .load)
            try expr(orelse, .load)
        case .dict(let keys, let values):
            if keys.count != values.count { throw refuse("Dict doesn't have the same number of keys as values") }
            try exprs(keys, .load, nullable: true)
            try exprs(values, .load)
        case .set(let elts): try exprs(elts, .load)
        case .listComp(let elt, let generators), .setComp(let elt, let generators), .generatorExp(let elt, let generators):
            try comprehensions(generators)
            try expr(elt, .load)
        case .dictComp(let key, let value, let generators):
            try comprehensions(generators)
            try expr(key, .load)
            try expr(value, .load)
        case .yield(let value): if let value { try expr(value, .load) }
        case .yieldFrom(let value), .await(let value): try expr(value, .load)
        case .compare(let left, let ops, let comparators):
            if comparators.isEmpty { throw refuse("Compare with no comparators") }
            if comparators.count != ops.count { throw refuse("Compare has a different number of comparators and operands") }
            try exprs(comparators, .load)
            try expr(left, .load)
        case .call(let function, let args, let keywords):
            try expr(function, .load)
            try exprs(args, .load)
            try self.keywords(keywords)
        case .constant(let value, _): try literal(value)
        case .joinedStr(let values): try exprs(values, .load)
        case .formattedValue(let value, _, let spec):
            try expr(value, .load)
            if let spec { try expr(spec, .load) }
            if let conversion = invalid.conversions[value.raw] {
                throw vm.raise(.systemError, "Unrecognized conversion character \(conversion)")
            }
        case .attribute(let value, _, _): try expr(value, .load)
        case .subscript(let value, let slice, _):
            try expr(slice, .load)
            try expr(value, .load)
        case .starred(let value, _): try expr(value, ctx)
        case .list(let elts, _), .tuple(let elts, _): try exprs(elts, ctx)
        case .slice(let lower, let upper, let step):
            if let lower { try expr(lower, .load) }
            if let upper { try expr(upper, .load) }
            if let step { try expr(step, .load) }
        case .name: break
        }
    }

    // MARK: stmt

    private func stmt(_ id: StmtID) throws(Raised) {
        try vm.enterRecursion(" during compilation")
        defer { vm.leaveRecursion() }
        switch tree[id] {
        case .functionDef(let function): try self.function(tree[function], "FunctionDef")
        case .asyncFunctionDef(let function): try self.function(tree[function], "AsyncFunctionDef")
        case .classDef(let definition):
            let c = tree[definition]
            try body(c.body, "ClassDef")
            try exprs(c.bases, .load)
            try keywords(c.keywords)
            try exprs(c.decoratorList, .load)
        case .return(let value): if let value { try expr(value, .load) }
        case .delete(let targets): try assignList(targets, .del, "Delete")
        case .assign(let targets, let value, _):
            try assignList(targets, .store, "Assign")
            try expr(value, .load)
        case .augAssign(let target, _, let value):
            try expr(target, .store)
            try expr(value, .load)
        case .annAssign(let target, let annotation, let value, let simple):
            var isName = false
            if case .name = tree[target] { isName = true }
            if !isName && simple { throw vm.raise(.typeError, "AnnAssign with simple non-Name target") }
            try expr(target, .store)
            if let value { try expr(value, .load) }
            try expr(annotation, .load)
        case .for(let target, let iter, let statements, let orelse, _): try loop(target, iter, statements, orelse, "For")
        case .asyncFor(let target, let iter, let statements, let orelse, _): try loop(target, iter, statements, orelse, "AsyncFor")
        case .while(let test, let statements, let orelse):
            try expr(test, .load)
            try body(statements, "While")
            try stmts(orelse)
        case .if(let test, let statements, let orelse):
            try expr(test, .load)
            try body(statements, "If")
            try stmts(orelse)
        case .with(let items, let statements, _): try with(items, statements, "With")
        case .asyncWith(let items, let statements, _): try with(items, statements, "AsyncWith")
        case .match(let subject, let cases):
            try expr(subject, .load)
            try nonempty(cases, "cases", "Match")
            for id in tree.items(cases) {
                let matchCase = tree[id]
                try pattern(matchCase.pattern, starAllowed: false)
                if let test = matchCase.guardExpr { try expr(test, .load) }
                try body(matchCase.body, "match_case")
            }
        case .raise(let exc, let cause):
            if let exc {
                try expr(exc, .load)
                if let cause { try expr(cause, .load) }
            } else if cause != nil {
                throw refuse("Raise with cause but no exception")
            }
        case .try(let statements, let handlers, let orelse, let finalbody): try tryStatement(statements, handlers, orelse, finalbody)
        case .assert(let test, let msg):
            try expr(test, .load)
            if let msg { try expr(msg, .load) }
        case .import(let names): try nonempty(names, "names", "Import")
        case .importFrom(_, let names, let level):
            if level < 0 { throw refuse("Negative ImportFrom level") }
            try nonempty(names, "names", "ImportFrom")
        case .global(let names): try self.names(names, "Global")
        case .nonlocal(let names): try self.names(names, "Nonlocal")
        case .expr(let value): try expr(value, .load)
        case .pass, .break, .continue: break
        }
    }

    private func function(_ f: FunctionDef, _ owner: StaticString) throws(Raised) {
        try body(f.body, owner)
        try arguments(tree[f.args])
        try exprs(f.decoratorList, .load)
        if let returns = f.returns { try expr(returns, .load) }
    }

    private func loop(
        _ target: ExprID, _ iter: ExprID, _ statements: NodeList<StmtID>, _ orelse: NodeList<StmtID>, _ owner: StaticString
    ) throws(Raised) {
        try expr(target, .store)
        try expr(iter, .load)
        try body(statements, owner)
        try stmts(orelse)
    }

    private func with(_ items: NodeList<WithItemID>, _ statements: NodeList<StmtID>, _ owner: StaticString) throws(Raised) {
        try nonempty(items, "items", owner)
        for id in tree.items(items) {
            let item = tree[id]
            try expr(item.contextExpr, .load)
            if let vars = item.optionalVars { try expr(vars, .store) }
        }
        try body(statements, owner)
    }

    private func tryStatement(
        _ statements: NodeList<StmtID>, _ handlers: NodeList<HandlerID>, _ orelse: NodeList<StmtID>, _ finalbody: NodeList<StmtID>
    ) throws(Raised) {
        try body(statements, "Try")
        if handlers.isEmpty && finalbody.isEmpty { throw refuse("Try has neither except handlers nor finalbody") }
        if handlers.isEmpty && !orelse.isEmpty { throw refuse("Try has orelse but no except handlers") }
        for id in tree.items(handlers) {
            if id.isAbsent { throw refuse("None disallowed in handler list") }
            let handler = tree[id]
            if let type = handler.type { try expr(type, .load) }
            try body(handler.body, "ExceptHandler")
        }
        try stmts(finalbody)
        try stmts(orelse)
    }

    // MARK: pattern

    private func capture(_ id: NameID?) throws(Raised) {
        guard let id else { return }
        if id == ReservedWord.underscore.name { throw refuse("can't capture name '_' in patterns") }
        try name(id)
    }

    private func patterns(_ list: NodeList<PatternID>, starAllowed: Bool) throws(Raised) {
        for id in tree.items(list) {
            if id.isAbsent { throw refuse("None disallowed in pattern list") }
            try pattern(id, starAllowed: starAllowed)
        }
    }

    private func pattern(_ id: PatternID, starAllowed: Bool) throws(Raised) {
        try vm.enterRecursion(" during compilation")
        defer { vm.leaveRecursion() }
        switch tree[id] {
        case .matchValue(let value): try matchValue(value)
        case .matchSingleton(let value):
            try literalOfSingleton(value)
        case .matchSequence(let items): try patterns(items, starAllowed: true)
        case .matchMapping(let keys, let items, let rest):
            if keys.count != items.count { throw refuse("MatchMapping doesn't have the same number of keys as patterns") }
            try capture(rest)
            for key in tree.items(keys) {
                if key.isAbsent { throw refuse("None disallowed in expression list") }
                if case .constant(let value, _) = tree[key] {
                    switch tree[value] {
                    case .none where invalid.types[value.raw] == nil, .bool: continue
                    default: break
                    }
                }
                try matchValue(key)
            }
            try patterns(items, starAllowed: false)
        case .matchClass(let cls, let items, let attributes, let keywordPatterns):
            if attributes.count != keywordPatterns.count {
                throw refuse("MatchClass doesn't have the same number of keyword attributes as patterns")
            }
            try expr(cls, .load)
            try className(cls)
            for name in tree.items(attributes) {
                if name.isAbsent { throw refuse("None disallowed in identifier list") }
                try self.name(name)
            }
            try patterns(items, starAllowed: false)
            try patterns(keywordPatterns, starAllowed: false)
        case .matchStar(let name):
            if !starAllowed { throw refuse("can't use MatchStar here") }
            try capture(name)
        case .matchAs(let inner, let name):
            try capture(name)
            if let inner {
                if name == nil { throw refuse("MatchAs must specify a target name if a pattern is given") }
                try pattern(inner, starAllowed: false)
            }
        case .matchOr(let items):
            if items.count < 2 { throw refuse("MatchOr requires at least 2 patterns") }
            try patterns(items, starAllowed: false)
        }
    }

    private func literalOfSingleton(_ id: LiteralID) throws(Raised) {
        switch tree[id] {
        case .none where invalid.types[id.raw] == nil, .bool: break
        default: throw refuse("MatchSingleton can only contain True, False and None")
        }
    }

    private func className(_ id: ExprID) throws(Raised) {
        var current = id
        while true {
            switch tree[current] {
            case .name: return
            case .attribute(let value, _, _): current = value
            default: throw refuse("MatchClass cls field can only contain Name or Attribute nodes.")
            }
        }
    }

    /// A literal, a signed number, a complex literal or a dotted name.
    private func matchValue(_ id: ExprID) throws(Raised) {
        try expr(id, .load)
        switch tree[id] {
        case .constant(let value, _):
            switch tree[value] {
            case .int, .bigInt, .float, .complex, .str, .bytes: return
            default: throw refuse("unexpected constant inside of a literal pattern")
            }
        case .attribute: return
        case .unaryOp: if isNumber(id, signed: true, complex: true) { return }
        case .binOp(let left, let op, let right):
            if op == .add || op == .sub, isNumber(left, signed: true, complex: false), isImaginary(right) { return }
        case .joinedStr: return
        default: break
        }
        throw refuse("patterns may only match literals and attribute lookups")
    }

    private func isImaginary(_ id: ExprID) -> Bool {
        if case .constant(let value, _) = tree[id], case .complex = tree[value] { return true }
        return false
    }

    private func isNumber(_ id: ExprID, signed: Bool, complex: Bool) -> Bool {
        switch tree[id] {
        case .unaryOp(.uSub, let operand): return signed && isNumber(operand, signed: false, complex: complex)
        case .constant(let value, _):
            switch tree[value] {
            case .int, .bigInt, .float: return true
            case .complex: return complex
            default: return false
            }
        default: return false
        }
    }
}
