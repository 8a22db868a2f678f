// What each statement and expression says about names. The order of visits is CPython's, for it is the order of the
// children and symbols that the `symtable` module shows. CPython: Python/symtable.c.
import PySyntax

extension SymbolTableBuilder {
    mutating func visit(_ module: Module) throws(Refused) {
        enter(names.top, .module, .module, line: 0)
        switch module {
        case .module(let body, _): try visit(body)
        case .interactive(let body): try visit(body)
        case .expression(let body): try visit(body)
        case .functionType:
            throw reporter.failure(.systemError, "this compiler does not handle FunctionTypes")
        }
        leave()
    }

    mutating func visit(_ list: NodeList<StmtID>) throws(Refused) {
        for id in tree.items(list) { try visit(id) }
    }

    mutating func visit(_ list: NodeList<ExprID>) throws(Refused) {
        for id in tree.items(list) where !id.isMissing { try visit(id) }
    }

    @inline(__always)
    private mutating func visitOptional(_ id: ExprID?) throws(Refused) {
        if let id { try visit(id) }
    }

    // MARK: Statements

    mutating func visit(_ id: StmtID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .functionDef(let function): try visitFunction(id, function, isAsync: false)
        case .asyncFunctionDef(let function): try visitFunction(id, function, isAsync: true)
        case .classDef(let definition): try visitClass(id, definition)
        case .return(let value):
            if let value {
                try visit(value)
                blocks[Int(current)].returnsValue = true
            }
        case .delete(let targets): try visit(targets)
        case .assign(let targets, let value, _):
            try visit(targets)
            try visit(value)
        case .augAssign(let target, _, let value):
            try visit(target)
            try visit(value)
        case .annAssign(let target, let annotation, let value, let simple):
            try visitAnnotatedAssignment(id, target, annotation, value, simple)
        case .for(let target, let iter, let body, let orelse, _),
            .asyncFor(let target, let iter, let body, let orelse, _):
            try visit(target)
            try visit(iter)
            try visit(body)
            try visit(orelse)
        case .while(let test, let body, let orelse), .if(let test, let body, let orelse):
            try visit(test)
            try visit(body)
            try visit(orelse)
        case .with(let items, let body, _), .asyncWith(let items, let body, _):
            for item in tree.items(items) {
                try visit(tree[item].contextExpr)
                try visitOptional(tree[item].optionalVars)
            }
            try visit(body)
        case .match(let subject, let cases):
            try visit(subject)
            for item in tree.items(cases) {
                let matchCase = tree[item]
                try visit(matchCase.pattern)
                try visitOptional(matchCase.guardExpr)
                try visit(matchCase.body)
            }
        case .raise(let exc, let cause):
            try visitOptional(exc)
            try visitOptional(cause)
        case .try(let body, let handlers, let orelse, let finalbody):
            try visit(body)
            try visit(orelse)
            for handler in tree.items(handlers) {
                let record = tree[handler]
                try visitOptional(record.type)
                if let name = record.name { try define(name, .local, at: record.span) }
                try visit(record.body)
            }
            try visit(finalbody)
        case .assert(let test, let message):
            try visit(test)
            try visitOptional(message)
        case .import(let aliases), .importFrom(_, let aliases, _):
            for alias in tree.items(aliases) { try visit(tree[alias]) }
        case .global(let list): try visitDirective(id, list, .global)
        case .nonlocal(let list): try visitDirective(id, list, .nonlocal)
        case .expr(let value): try visit(value)
        case .pass, .break, .continue: break
        }
    }

    @inline(never)
    private mutating func visitFunction(_ id: StmtID, _ record: FunctionDefID, isAsync: Bool) throws(Refused) {
        let function = tree[record]
        let span = tree.span(id)
        try define(function.name, .local, at: span)
        let arguments = tree[function.args]
        try visit(arguments.defaults)
        try visit(arguments.kwDefaults)
        try visitAnnotations(id, arguments, function.returns)
        try visit(function.decoratorList)
        enter(function.name, .function, .stmt(id), line: span.line)
        if isAsync { blocks[Int(current)].isCoroutine = true }
        try visitParameters(arguments)
        try visit(function.body)
        leave()
    }

    @inline(never)
    private mutating func visitClass(_ id: StmtID, _ record: ClassDefID) throws(Refused) {
        let definition = tree[record]
        let span = tree.span(id)
        try define(definition.name, .local, at: span)
        try visit(definition.bases)
        for keyword in tree.items(definition.keywords) { try visit(tree[keyword].value) }
        try visit(definition.decoratorList)
        enter(definition.name, .class, .stmt(id), line: span.line)
        let outer = privateName
        privateName = definition.name
        try visit(definition.body)
        privateName = outer
        leave()
    }

    private mutating func visitAnnotations(_ id: StmtID, _ arguments: Arguments, _ returns: ExprID?) throws(Refused) {
        if futureAnnotations { enter(names.annotation, .annotation, .stmt(id), line: tree.span(id).line) }
        for arg in tree.items(arguments.posonlyargs) { try visitOptional(tree[arg].annotation) }
        for arg in tree.items(arguments.args) { try visitOptional(tree[arg].annotation) }
        if let arg = arguments.vararg { try visitOptional(tree[arg].annotation) }
        if let arg = arguments.kwarg { try visitOptional(tree[arg].annotation) }
        for arg in tree.items(arguments.kwonlyargs) { try visitOptional(tree[arg].annotation) }
        if futureAnnotations { leave() }
        if let returns { try visitAnnotation(returns) }
    }

    private mutating func visitAnnotation(_ annotation: ExprID) throws(Refused) {
        if futureAnnotations {
            enter(names.annotation, .annotation, .expr(annotation), line: tree.span(annotation).line)
        }
        try visit(annotation)
        if futureAnnotations { leave() }
    }

    private mutating func visitParameters(_ arguments: Arguments) throws(Refused) {
        for arg in tree.items(arguments.posonlyargs) { try define(tree[arg].arg, .parameter, at: tree[arg].span) }
        for arg in tree.items(arguments.args) { try define(tree[arg].arg, .parameter, at: tree[arg].span) }
        for arg in tree.items(arguments.kwonlyargs) { try define(tree[arg].arg, .parameter, at: tree[arg].span) }
        if let arg = arguments.vararg {
            try define(tree[arg].arg, .parameter, at: tree[arg].span)
            blocks[Int(current)].hasVarArgs = true
        }
        if let arg = arguments.kwarg {
            try define(tree[arg].arg, .parameter, at: tree[arg].span)
            blocks[Int(current)].hasVarKeywords = true
        }
    }

    private mutating func visitAnnotatedAssignment(
        _ id: StmtID, _ target: ExprID, _ annotation: ExprID, _ value: ExprID?, _ simple: Bool
    ) throws(Refused) {
        if case .name(let name, _) = tree[target] {
            let known = lookup(name)
            if simple && current != open[0] && !known.isDisjoint(with: [.global, .nonlocal]) {
                let what = known.contains(.global) ? "global" : "nonlocal"
                throw reporter.syntaxError("annotated name '\(text(name))' can't be \(what)", at: tree.span(id))
            }
            if simple {
                try define(name, [.annotated, .local], at: tree.span(target))
            } else if value != nil {
                try define(name, .local, at: tree.span(target))
            }
        } else {
            try visit(target)
        }
        try visitAnnotation(annotation)
        try visitOptional(value)
    }

    private mutating func visit(_ alias: Alias) throws(Refused) {
        if let asname = alias.asname { return try define(names.firstComponent(of: asname), .imported, at: alias.span) }
        if alias.name == names.star {
            if blocks[Int(current)].kind != .module {
                throw reporter.syntaxError("import * only allowed at module level", at: alias.span)
            }
            return
        }
        try define(names.firstComponent(of: alias.name), .imported, at: alias.span)
    }

    /// `global` and `nonlocal`: the names must not have been used before in the block.
    @inline(never)
    private mutating func visitDirective(_ id: StmtID, _ list: NodeList<NameID>, _ flag: SymbolFlags) throws(Refused) {
        let span = tree.span(id)
        let word = flag == .global ? "global" : "nonlocal"
        for name in tree.items(list) {
            let known = lookup(name)
            if !known.isDisjoint(with: [.parameter, .local, .use, .annotated]) {
                let shown = text(name)
                let message =
                    known.contains(.parameter)
                    ? "name '\(shown)' is parameter and \(word)"
                    : known.contains(.use)
                        ? "name '\(shown)' is used prior to \(word) declaration"
                        : known.contains(.annotated)
                            ? "annotated name '\(shown)' can't be \(word)"
                            : "name '\(shown)' is assigned to before \(word) declaration"
                throw reporter.syntaxError(message, at: span)
            }
            try define(name, flag, at: span)
            record(name, at: span)
        }
    }

    // MARK: Expressions

    mutating func visit(_ id: ExprID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .name(let name, let ctx):
            try define(name, ctx == .load ? .use : .local, at: tree.span(id))
            // `super()` needs the `__class__` cell.
            if name == names.superName && ctx == .load && blocks[Int(current)].kind == .function {
                try define(names.dunderClass, .use, at: tree.span(id))
            }
        case .constant: break
        case .attribute(let value, _, _): try visit(value)
        case .call(let function, let args, let keywords):
            try visit(function)
            try visit(args)
            for keyword in tree.items(keywords) { try visit(tree[keyword].value) }
        case .subscript(let value, let slice, _):
            try visit(value)
            try visit(slice)
        case .boolOp(_, let values): try visit(values)
        case .namedExpr(let target, let value): try visitNamedExpr(id, target, value)
        case .binOp(let left, _, let right):
            try visit(left)
            try visit(right)
        case .unaryOp(_, let operand): try visit(operand)
        case .lambda(let args, let body): try visitLambda(id, tree[args], body)
        case .ifExp(let test, let body, let orelse):
            try visit(test)
            try visit(body)
            try visit(orelse)
        case .dict(let keys, let values):
            try visit(keys)
            try visit(values)
        case .set(let elts): try visit(elts)
        case .listComp(let elt, let generators):
            try visitComprehension(id, names.plainListComp, .list, generators, elt, nil)
        case .setComp(let elt, let generators):
            try visitComprehension(id, names.plainSetComp, .set, generators, elt, nil)
        case .dictComp(let key, let value, let generators):
            try visitComprehension(id, names.plainDictComp, .dict, generators, key, value)
        case .generatorExp(let elt, let generators):
            try visitComprehension(id, names.plainGenExp, .generator, generators, elt, nil)
        case .await(let value):
            try refuseInAnnotation("await expression", id)
            try visit(value)
            blocks[Int(current)].isCoroutine = true
        case .yield(let value):
            try refuseInAnnotation("yield expression", id)
            try visitOptional(value)
            try markGenerator(id)
        case .yieldFrom(let value):
            try refuseInAnnotation("yield expression", id)
            try visit(value)
            try markGenerator(id)
        case .compare(let left, _, let comparators):
            try visit(left)
            try visit(comparators)
        case .formattedValue(let value, _, let formatSpec):
            try visit(value)
            try visitOptional(formatSpec)
        case .joinedStr(let values): try visit(values)
        case .starred(let value, _): try visit(value)
        case .list(let elts, _), .tuple(let elts, _): try visit(elts)
        case .slice(let lower, let upper, let step):
            try visitOptional(lower)
            try visitOptional(upper)
            try visitOptional(step)
        }
    }

    @inline(never)
    private mutating func visitLambda(_ id: ExprID, _ arguments: Arguments, _ body: ExprID) throws(Refused) {
        try visit(arguments.defaults)
        try visit(arguments.kwDefaults)
        enter(names.plainLambda, .function, .expr(id), line: tree.span(id).line)
        try visitParameters(arguments)
        try visit(body)
        leave()
    }

    @inline(never)
    private mutating func refuseInAnnotation(_ what: String, _ id: ExprID) throws(Refused) {
        if blocks[Int(current)].kind == .annotation {
            throw reporter.syntaxError("'\(what)' can not be used within an annotation", at: tree.span(id))
        }
    }

    @inline(never)
    private mutating func markGenerator(_ id: ExprID) throws(Refused) {
        blocks[Int(current)].isGenerator = true
        let place: String
        switch blocks[Int(current)].comprehension {
        case .none: return
        case .list: place = "list comprehension"
        case .set: place = "set comprehension"
        case .dict: place = "dict comprehension"
        case .generator: place = "generator expression"
        }
        throw reporter.syntaxError("'yield' inside \(place)", at: tree.span(id))
    }

    @inline(never)
    private mutating func visitNamedExpr(_ id: ExprID, _ target: ExprID, _ value: ExprID) throws(Refused) {
        try refuseInAnnotation("named expression", id)
        if blocks[Int(current)].iterableDepth > 0 {
            throw reporter.syntaxError(
                "assignment expression cannot be used in a comprehension iterable expression", at: tree.span(id))
        }
        if blocks[Int(current)].comprehension != .none, case .name(let name, _) = tree[target] {
            try bindOutsideComprehension(name, at: tree.span(target))
        }
        try visit(value)
        try visit(target)
    }

    /// PEP 572: a walrus in a comprehension binds in the block the outermost comprehension stands in.
    private mutating func bindOutsideComprehension(_ name: NameID, at span: Span) throws(Refused) {
        var level = open.count
        while level > 0 {
            level -= 1
            let block = open[level]
            let record = blocks[Int(block)]
            // CPython looks the name up unmangled here.
            let symbol = find(name, in: block)
            let known = symbol == 0 ? [] : symbols[Int(symbol)].flags
            if record.comprehension != .none {
                if known.contains(.comprehensionTarget) {
                    throw reporter.syntaxError(
                        "assignment expression cannot rebind comprehension iteration variable '\(text(name))'", at: span)
                }
                continue
            }
            let mangled = names.mangle(name, in: privateName)
            switch record.kind {
            case .function:
                try define(name, mangled, known.contains(.global) ? .global : .nonlocal, in: current, at: span)
                self.record(name, at: span)
                return try define(name, mangled, .local, in: block, at: span)
            case .module:
                try define(name, mangled, .global, in: current, at: span)
                self.record(name, at: span)
                return try define(name, mangled, .global, in: block, at: span)
            case .class:
                throw reporter.syntaxError(
                    "assignment expression within a comprehension cannot be used in a class body", at: span)
            case .annotation:
                continue
            }
        }
    }

    @inline(never)
    private mutating func visitComprehension(
        _ id: ExprID, _ name: NameID, _ kind: ComprehensionKind, _ generators: NodeList<ComprehensionID>,
        _ elt: ExprID, _ value: ExprID?
    ) throws(Refused) {
        guard !generators.isEmpty else { throw reporter.failure(.valueError, "comprehension with no generators") }
        let span = tree.span(id)
        let outermost = tree[tree[generators, 0]]
        // The first iterable belongs to the enclosing block.
        blocks[Int(current)].iterableDepth += 1
        try visit(outermost.iter)
        blocks[Int(current)].iterableDepth -= 1
        enter(name, .function, .expr(id), line: span.line)
        let block = Int(current)
        blocks[block].comprehension = kind
        if outermost.isAsync { blocks[block].isCoroutine = true }
        try define(names.implicitArgument, .parameter, at: span)
        blocks[block].isVisitingTarget = true
        try visit(outermost.target)
        blocks[block].isVisitingTarget = false
        try visit(outermost.ifs)
        for generator in tree.items(generators).dropFirst() {
            let clause = tree[generator]
            blocks[block].isVisitingTarget = true
            try visit(clause.target)
            blocks[block].isVisitingTarget = false
            blocks[block].iterableDepth += 1
            try visit(clause.iter)
            blocks[block].iterableDepth -= 1
            try visit(clause.ifs)
            if clause.isAsync { blocks[block].isCoroutine = true }
        }
        try visitOptional(value)
        try visit(elt)
        blocks[block].isGenerator = kind == .generator
        leave()
    }

    // MARK: Patterns

    mutating func visit(_ list: NodeList<PatternID>) throws(Refused) {
        for id in tree.items(list) { try visit(id) }
    }

    mutating func visit(_ id: PatternID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[id] {
        case .matchValue(let value): try visit(value)
        case .matchSingleton: break
        case .matchSequence(let patterns), .matchOr(let patterns): try visit(patterns)
        case .matchMapping(let keys, let patterns, let rest):
            try visit(keys)
            try visit(patterns)
            if let rest { try define(rest, .local, at: tree.span(id)) }
        case .matchClass(let cls, let patterns, _, let kwdPatterns):
            try visit(cls)
            try visit(patterns)
            try visit(kwdPatterns)
        case .matchStar(let name):
            if let name { try define(name, .local, at: tree.span(id)) }
        case .matchAs(let pattern, let name):
            if let pattern { try visit(pattern) }
            if let name { try define(name, .local, at: tree.span(id)) }
        }
    }
}
