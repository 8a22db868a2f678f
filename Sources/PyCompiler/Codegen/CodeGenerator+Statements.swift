// Statements, except definitions, try, with, imports and match, which have files of their own. CPython: Python/compile.c.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    mutating func compile(_ list: NodeList<StmtID>) throws(Refused) {
        for id in tree.items(list) { try compile(id) }
    }

    mutating func compile(_ id: StmtID) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        setPlace(id)
        switch tree[id] {
        case .functionDef(let record): try compileFunction(id, record, isAsync: false)
        case .asyncFunctionDef(let record): try compileFunction(id, record, isAsync: true)
        case .classDef(let record): try compileClass(id, record)
        case .return(let value): try compileReturn(id, value)
        case .delete(let targets):
            for target in tree.items(targets) { try compile(target) }
        case .assign(let targets, let value, _):
            try compile(value)
            let last = targets.count - 1
            for index in 0..<targets.count {
                if index < last { emit(.dupTop) }
                try compile(tree[targets, index])
            }
        case .augAssign(let target, let op, let value): try compileAugAssign(target, op, value)
        case .annAssign(let target, let annotation, let value, let simple):
            try compileAnnAssign(target, annotation, value, simple)
        case .for(let target, let iter, let body, let orelse, _): try compileFor(target, iter, body, orelse)
        case .asyncFor(let target, let iter, let body, let orelse, _): try compileAsyncFor(target, iter, body, orelse)
        case .while(let test, let body, let orelse): try compileWhile(id, test, body, orelse)
        case .if(let test, let body, let orelse): try compileIf(test, body, orelse)
        case .with(let items, let body, _): try compileWith(id, items, body, 0)
        case .asyncWith(let items, let body, _): try compileAsyncWith(id, items, body, 0)
        case .match(let subject, let cases): try compileMatch(subject, cases)
        case .raise(let exc, let cause): try compileRaise(exc, cause)
        case .try(let body, let handlers, let orelse, let finalbody):
            if finalbody.isEmpty {
                try compileTryExcept(body, handlers, orelse)
            } else {
                try compileTryFinally(body, handlers, orelse, finalbody)
            }
        case .assert(let test, let message): try compileAssert(test, message)
        case .import(let aliases): try compileImport(aliases)
        case .importFrom(let module, let aliases, let level): try compileImportFrom(module, aliases, level)
        case .global, .nonlocal: break
        case .expr(let value): try compileExpressionStatement(value)
        case .pass: emit(.nop)
        case .break: try compileBreak()
        case .continue: try compileContinue()
        }
    }

    private mutating func compileExpressionStatement(_ value: ExprID) throws(Refused) {
        if isInteractive && outerUnits.isEmpty {
            try compile(value)
            emit(.printExpr)
            return
        }
        if tree.isConstant(value) {
            // 3.10 keeps the line of a constant that does nothing (PEP 626).
            emit(.nop)
            return
        }
        try compile(value)
        clearPlace()
        emit(.popTop)
    }

    private mutating func compileReturn(_ id: StmtID, _ value: ExprID?) throws(Refused) {
        if unit.blockKind != .function { throw error("'return' outside function") }
        if value != nil && unit.isCoroutine && unit.isGenerator {
            throw error("'return' with value in async generator")
        }
        var constant: LiteralID?
        if let value, case .constant(let literal, _) = tree[value] { constant = literal }
        let preservesTop = value != nil && constant == nil
        let statementLine = span.line
        if let value {
            if preservesTop {
                try compile(value)
            } else {
                setPlace(value)
                emit(.nop)
            }
        }
        if value == nil || tree.span(value!).line != statementLine {
            setPlace(id)
            emit(.nop)
        }
        _ = try unwindAll(preservesTop: preservesTop, toLoop: false)
        if value == nil {
            loadNone()
        } else if let constant {
            loadConst(pool.number(of: constant))
        }
        emit(.returnValue)
        nextBlock()
    }

    private mutating func compileBreak() throws(Refused) {
        emit(.nop)
        let line = span.line
        guard let loop = try unwindAll(preservesTop: false, toLoop: true) else {
            // Of the unwound blocks' places CPython takes back the line only.
            span.line = line
            throw error("'break' outside loop")
        }
        try unwind(loop, preservesTop: false)
        emitJump(.jumpAbsolute, loop.exit)
        nextBlock()
    }

    private mutating func compileContinue() throws(Refused) {
        emit(.nop)
        let line = span.line
        guard let loop = try unwindAll(preservesTop: false, toLoop: true) else {
            span.line = line
            throw error("'continue' not properly in loop")
        }
        emitJump(.jumpAbsolute, loop.block)
        nextBlock()
    }

    private mutating func compileRaise(_ exc: ExprID?, _ cause: ExprID?) throws(Refused) {
        var count = 0
        if let exc {
            try compile(exc)
            count = 1
            if let cause {
                try compile(cause)
                count = 2
            }
        }
        emit(.raiseVarargs, count)
        nextBlock()
    }

    private mutating func compileAssert(_ test: ExprID, _ message: ExprID?) throws(Refused) {
        var isTuple = false
        switch tree[test] {
        case .tuple(let elts, _): isTuple = !elts.isEmpty
        case .constant(let literal, _):
            if case .tuple(let items) = pool.literal(literal) { isTuple = !items.isEmpty }
        default: break
        }
        if isTuple { warn("assertion is always true, perhaps remove parentheses?") }
        if options.optimize > 0 { return }
        let end = newBlock()
        try compileJump(if: test, to: end, when: true)
        emit(.loadAssertionError)
        if let message {
            try compile(message)
            emit(.callFunction, 1)
        }
        emit(.raiseVarargs, 1)
        use(end)
    }

    // MARK: Assignment

    private mutating func compileAugAssign(_ target: ExprID, _ op: Operator, _ value: ExprID) throws(Refused) {
        let statement = (span, origin, originKind)
        setPlace(target)
        let targetSpan = span
        switch tree[target] {
        case .attribute(let object, let attr, _):
            try compile(object)
            emit(.dupTop)
            span.line = targetSpan.endLine
            emitName(.loadAttr, attr)
        case .subscript(let object, let slice, _):
            try compile(object)
            try compile(slice)
            emit(.dupTopTwo)
            emit(.binarySubscr)
        case .name(let name, _): try access(name, .load)
        default: throw reporter.failure(.systemError, "invalid node type for augmented assignment")
        }
        (span, origin, originKind) = statement
        try compile(value)
        emit(op.inplaceOpcode)
        setPlace(target)
        switch tree[target] {
        case .attribute(_, let attr, _):
            span.line = targetSpan.endLine
            emit(.rotTwo)
            emitName(.storeAttr, attr)
        case .subscript:
            emit(.rotThree)
            emit(.storeSubscr)
        case .name(let name, _): try access(name, .store)
        default: break
        }
    }

    private mutating func compileAnnAssign(
        _ target: ExprID, _ annotation: ExprID, _ value: ExprID?, _ simple: Bool
    ) throws(Refused) {
        let isNamespace = unit.kind == .module || unit.kind == .class
        if let value {
            try compile(value)
            try compile(target)
        }
        switch tree[target] {
        case .name(let name, _):
            try refuseDebug(name, .store)
            if simple && isNamespace {
                try compileAnnotation(annotation)
                emitName(.loadName, names.dunderAnnotations)
                loadConst(pool.number(ofName: names.mangle(name, in: unit.privateName)))
                emit(.storeSubscr)
            }
        case .attribute(let object, let attr, _):
            try refuseDebug(attr, .store)
            if value == nil { try compileAndDrop(object) }
        case .subscript(let object, let slice, _):
            if value == nil {
                try compileAndDrop(object)
                try dropSubscript(slice)
            }
        default: throw reporter.failure(.systemError, "invalid node type for annotated assignment")
        }
        if !simple && isNamespace && !flags.contains(.futureAnnotations) { try compileAndDrop(annotation) }
    }

    private mutating func compileAndDrop(_ id: ExprID) throws(Refused) {
        try compile(id)
        emit(.popTop)
    }

    private mutating func dropSubscript(_ slice: ExprID) throws(Refused) {
        switch tree[slice] {
        case .slice(let lower, let upper, let step):
            if let lower { try compileAndDrop(lower) }
            if let upper { try compileAndDrop(upper) }
            if let step { try compileAndDrop(step) }
        case .tuple(let elts, _):
            for elt in tree.items(elts) { try dropSubscript(elt) }
        default: try compileAndDrop(slice)
        }
    }

    // MARK: Branches and loops

    private mutating func compileIf(_ test: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>) throws(Refused) {
        let end = newBlock()
        let next = orelse.isEmpty ? end : newBlock()
        try compileJump(if: test, to: next, when: false)
        try compile(body)
        if !orelse.isEmpty {
            emitJumpWithoutLine(.jumpForward, end)
            use(next)
            try compile(orelse)
        }
        use(end)
    }

    private mutating func compileFor(
        _ target: ExprID, _ iter: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>
    ) throws(Refused) {
        let start = newBlock()
        let bodyBlock = newBlock()
        let cleanup = newBlock()
        let end = newBlock()
        try push(FrameBlock(kind: .forLoop, block: start, exit: end))
        try compile(iter)
        emit(.getIter)
        use(start)
        emitJump(.forIter, cleanup)
        use(bodyBlock)
        try compile(target)
        try compile(body)
        clearPlace()
        emitJump(.jumpAbsolute, start)
        use(cleanup)
        popFrameBlock()
        try compile(orelse)
        use(end)
    }

    private mutating func compileAsyncFor(
        _ target: ExprID, _ iter: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>
    ) throws(Refused) {
        if isTopLevelAwait {
            unit.isCoroutine = true
        } else if unit.kind != .asyncFunction {
            throw error("'async for' outside async function")
        }
        let start = newBlock()
        let except = newBlock()
        let end = newBlock()
        try compile(iter)
        emit(.getAiter)
        use(start)
        try push(FrameBlock(kind: .forLoop, block: start, exit: end))
        emitJump(.setupFinally, except)
        emit(.getAnext)
        loadNone()
        emit(.yieldFrom)
        emit(.popBlock)
        try compile(target)
        try compile(body)
        clearPlace()
        emitJump(.jumpAbsolute, start)
        popFrameBlock()
        use(except)
        // The end of the loop has the line of the iterable, not of the body.
        setPlace(iter)
        emit(.endAsyncFor)
        try compile(orelse)
        use(end)
    }

    private mutating func compileWhile(
        _ id: StmtID, _ test: ExprID, _ body: NodeList<StmtID>, _ orelse: NodeList<StmtID>
    ) throws(Refused) {
        let loop = newBlock()
        let bodyBlock = newBlock()
        let anchor = newBlock()
        let end = newBlock()
        use(loop)
        try push(FrameBlock(kind: .whileLoop, block: loop, exit: end))
        try compileJump(if: test, to: anchor, when: false)
        use(bodyBlock)
        try compile(body)
        setPlace(id)
        try compileJump(if: test, to: bodyBlock, when: true)
        popFrameBlock()
        use(anchor)
        try compile(orelse)
        use(end)
    }
}

extension Operator {
    var binaryOpcode: Opcode {
        switch self {
        case .add: .binaryAdd
        case .sub: .binarySubtract
        case .mult: .binaryMultiply
        case .matMult: .binaryMatrixMultiply
        case .div: .binaryTrueDivide
        case .mod: .binaryModulo
        case .pow: .binaryPower
        case .lShift: .binaryLshift
        case .rShift: .binaryRshift
        case .bitOr: .binaryOr
        case .bitXor: .binaryXor
        case .bitAnd: .binaryAnd
        case .floorDiv: .binaryFloorDivide
        }
    }

    var inplaceOpcode: Opcode {
        switch self {
        case .add: .inplaceAdd
        case .sub: .inplaceSubtract
        case .mult: .inplaceMultiply
        case .matMult: .inplaceMatrixMultiply
        case .div: .inplaceTrueDivide
        case .mod: .inplaceModulo
        case .pow: .inplacePower
        case .lShift: .inplaceLshift
        case .rShift: .inplaceRshift
        case .bitOr: .inplaceOr
        case .bitXor: .inplaceXor
        case .bitAnd: .inplaceAnd
        case .floorDiv: .inplaceFloorDivide
        }
    }
}
