// Modules, functions, classes, lambdas. CPython: Python/compile.c. Rules: Language Reference 8.7, 8.8, 6.14; PEP 3107, 3135.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    mutating func compile(_ module: Module) throws(Refused) -> CodeObject {
        try enter(names.module, .module, block: table.root, firstLine: 1)
        var addNone = true
        switch module {
        case .module(let body, _): try compileNamespace(body)
        case .interactive(let body):
            if containsAnnotations(body) { emit(.setupAnnotations) }
            isInteractive = true
            try compile(body)
        case .expression(let body):
            try compile(body)
            addNone = false
        case .functionType:
            throw reporter.failure(.systemError, "module kind 4 should not be possible")
        }
        return try leave(addNone: addNone)
    }

    /// The body of a module or class.
    private mutating func compileNamespace(_ body: NodeList<StmtID>) throws(Refused) {
        if unit.kind == .module && !body.isEmpty { setPlace(tree[body, 0]) }
        if containsAnnotations(body) { emit(.setupAnnotations) }
        if body.isEmpty { return }
        var first = 0
        if options.optimize < 2, syntax.docstring(of: body) != nil, case .expr(let value) = tree[tree[body, 0]] {
            first = 1
            try compile(value)
            try access(names.dunderDoc, .store)
        }
        for index in first..<body.count { try compile(tree[body, index]) }
    }

    /// Whether a variable annotation stands in the body itself (3.10 does not look into `match`).
    private mutating func containsAnnotations(_ body: NodeList<StmtID>) -> Bool {
        for id in tree.items(body) where containsAnnotations(id) { return true }
        return false
    }

    private mutating func containsAnnotations(_ id: StmtID) -> Bool {
        switch tree[id] {
        case .annAssign: return true
        case .for(_, _, let body, let orelse, _), .asyncFor(_, _, let body, let orelse, _), .while(_, let body, let orelse),
            .if(_, let body, let orelse):
            return containsAnnotations(body) || containsAnnotations(orelse)
        case .with(_, let body, _), .asyncWith(_, let body, _): return containsAnnotations(body)
        case .try(let body, let handlers, let orelse, let finalbody):
            for handler in tree.items(handlers) where containsAnnotations(tree[handler].body) { return true }
            return containsAnnotations(body) || containsAnnotations(finalbody) || containsAnnotations(orelse)
        default: return false
        }
    }

    // MARK: Functions

    mutating func compileFunction(_ id: StmtID, _ record: FunctionDefID, isAsync: Bool) throws(Refused) {
        let function = tree[record]
        let arguments = tree[function.args]
        try refuseDebug(arguments)
        try compileEach(function.decoratorList)
        let firstLine = firstLine(of: id, function.decoratorList)
        var makeFlags = try compileDefaults(arguments)
        if try compileAnnotations(arguments, function.returns) { makeFlags |= 4 }
        try enter(
            function.name, isAsync ? .asyncFunction : .function, block: table.block(of: id), firstLine: firstLine)
        let docstring = options.optimize < 2 ? docstringLiteral(of: function.body) : nil
        // The first constant is the docstring or None.
        _ = index(ofConstant: docstring.map { pool.number(of: $0) } ?? ConstantPool.none)
        setParameterCounts(arguments)
        for index in (docstring == nil ? 0 : 1)..<max(function.body.count, docstring == nil ? 0 : 1) {
            try compile(tree[function.body, index])
        }
        try closeFunction(makeFlags, addNone: true)
        for _ in 0..<function.decoratorList.count { emit(.callFunction, 1) }
        try access(function.name, .store)
    }

    mutating func compileLambda(_ id: ExprID, _ args: ArgumentsID, _ body: ExprID) throws(Refused) {
        let arguments = tree[args]
        try refuseDebug(arguments)
        let makeFlags = try compileDefaults(arguments)
        try enter(names.lambda, .lambda, block: table.block(of: id), firstLine: tree.span(id).line)
        // A lambda has no docstring: its first constant is None.
        _ = index(ofConstant: ConstantPool.none)
        setParameterCounts(arguments)
        try compile(body)
        if unit.isGenerator {
            try closeFunction(makeFlags, addNone: false)
        } else {
            emit(.returnValue)
            try closeFunction(makeFlags, addNone: true)
        }
    }

    private mutating func docstringLiteral(of body: NodeList<StmtID>) -> LiteralID? {
        guard syntax.docstring(of: body) != nil, case .expr(let value) = tree[tree[body, 0]],
            case .constant(let literal, _) = tree[value]
        else { return nil }
        return literal
    }

    private mutating func setParameterCounts(_ arguments: Arguments) {
        unit.argcount = arguments.args.count
        unit.posonlyargcount = arguments.posonlyargs.count
        unit.kwonlyargcount = arguments.kwonlyargs.count
    }

    private mutating func firstLine(of id: StmtID, _ decorators: NodeList<ExprID>) -> Int32 {
        decorators.isEmpty ? tree.span(id).line : tree.span(tree[decorators, 0]).line
    }

    mutating func compileEach(_ list: NodeList<ExprID>) throws(Refused) {
        for id in tree.items(list) { try compile(id) }
    }

    /// Finishes the unit and makes a function of it in the enclosing unit.
    mutating func closeFunction(_ makeFlags: Int, addNone: Bool) throws(Refused) {
        let qualname = unit.qualname
        let code = try leave(addNone: addNone)
        makeFunction(code, qualname, makeFlags)
    }

    /// MAKE_FUNCTION for `code`, with a closure if it has free variables.
    mutating func makeFunction(_ code: CodeObject, _ qualname: PyText, _ makeFlags: Int) {
        var makeFlags = makeFlags
        if !code.freevars.isEmpty {
            for name in code.freevars {
                let id = names.table.intern(name)
                let isClassCell = unit.kind == .class && id == names.dunderClass
                let scope = scopeIndex.find(id.raw, unit.serial) ?? 0
                let isCell = isClassCell || scope == Int(SymbolScope.cell.rawValue)
                emit(.loadClosure, (isCell ? cellIndex : freeIndex).find(id.raw, unit.serial) ?? 0)
            }
            makeFlags |= 8
            emit(.buildTuple, code.freevars.count)
        }
        loadConst(pool.number(of: .code(code)))
        loadConst(pool.number(of: .str(qualname)))
        emit(.makeFunction, makeFlags)
    }

    private mutating func refuseDebug(_ arguments: Arguments) throws(Refused) {
        for arg in tree.items(arguments.posonlyargs) { try refuseDebug(tree[arg].arg, .store) }
        for arg in tree.items(arguments.args) { try refuseDebug(tree[arg].arg, .store) }
        if let arg = arguments.vararg { try refuseDebug(tree[arg].arg, .store) }
        for arg in tree.items(arguments.kwonlyargs) { try refuseDebug(tree[arg].arg, .store) }
        if let arg = arguments.kwarg { try refuseDebug(tree[arg].arg, .store) }
    }

    /// Pushes default values; returns their MAKE_FUNCTION flags.
    private mutating func compileDefaults(_ arguments: Arguments) throws(Refused) -> Int {
        var makeFlags = 0
        if !arguments.defaults.isEmpty {
            try compileEach(arguments.defaults)
            emit(.buildTuple, arguments.defaults.count)
            makeFlags |= 1
        }
        var keys: [Constant] = []
        for (arg, value) in zip(tree.items(arguments.kwonlyargs), tree.items(arguments.kwDefaults)) where !value.isMissing {
            keys.append(.str(names.table[names.mangle(tree[arg].arg, in: unit.privateName)]))
            try compile(value)
        }
        if !keys.isEmpty {
            loadConst(pool.number(of: .tuple(keys)))
            emit(.buildConstKeyMap, keys.count)
            makeFlags |= 2
        }
        return makeFlags
    }

    /// Pushes a tuple of names and annotations; false if there are none.
    private mutating func compileAnnotations(_ arguments: Arguments, _ returns: ExprID?) throws(Refused) -> Bool {
        var count = 0
        // 3.10's order: ordinary parameters before positional-only ones.
        for arg in tree.items(arguments.args) { try compileAnnotation(of: tree[arg], &count) }
        for arg in tree.items(arguments.posonlyargs) { try compileAnnotation(of: tree[arg], &count) }
        if let arg = arguments.vararg { try compileAnnotation(of: tree[arg], &count) }
        for arg in tree.items(arguments.kwonlyargs) { try compileAnnotation(of: tree[arg], &count) }
        if let arg = arguments.kwarg { try compileAnnotation(of: tree[arg], &count) }
        if let returns {
            loadConst(pool.number(ofName: names.returnName))
            try compileAnnotation(returns)
            count += 2
        }
        if count > 0 { emit(.buildTuple, count) }
        return count > 0
    }

    private mutating func compileAnnotation(of arg: Arg, _ count: inout Int) throws(Refused) {
        guard let annotation = arg.annotation else { return }
        loadConst(pool.number(ofName: names.mangle(arg.arg, in: unit.privateName)))
        try compileAnnotation(annotation)
        count += 2
    }

    /// An annotation, or its text under `from __future__ import annotations`.
    mutating func compileAnnotation(_ annotation: ExprID) throws(Refused) {
        if flags.contains(.futureAnnotations) {
            loadConst(pool.number(of: .str(unparseAnnotation(annotation, in: syntax))))
        } else {
            try compile(annotation)
        }
    }

    // MARK: Classes

    mutating func compileClass(_ id: StmtID, _ record: ClassDefID) throws(Refused) {
        let definition = tree[record]
        try compileEach(definition.decoratorList)
        let firstLine = firstLine(of: id, definition.decoratorList)
        try enter(definition.name, .class, block: table.block(of: id), firstLine: firstLine)
        unit.privateName = definition.name
        try access(names.dunderName, .load)
        try access(names.dunderModule, .store)
        loadConst(pool.number(of: .str(unit.qualname)))
        try access(names.dunderQualname, .store)
        try compileNamespace(definition.body)
        clearPlace()
        if table.blocks[unit.block].needsClassClosure {
            emit(.loadClosure, cellIndex.find(names.dunderClass.raw, unit.serial) ?? 0)
            emit(.dupTop)
            try access(names.dunderClassCell, .store)
        } else {
            loadNone()
        }
        emit(.returnValue)
        let code = try leave(addNone: true)
        emit(.loadBuildClass)
        makeFunction(code, code.name, 0)
        loadConst(pool.number(ofName: definition.name))
        try compileCallArguments(2, definition.bases, definition.keywords)
        for _ in 0..<definition.decoratorList.count { emit(.callFunction, 1) }
        try access(definition.name, .store)
    }
}
