// Comprehensions and generator expressions: functions of one argument, the first iterator.
// CPython: Python/compile.c. Rules: Language Reference 6.2.4.
import PyBytecode
import PySyntax

extension CodeGenerator {
    mutating func compileComprehension(
        _ id: ExprID, _ kind: ComprehensionKind, _ generators: NodeList<ComprehensionID>, _ elt: ExprID, _ value: ExprID?
    ) throws(Refused) {
        guard !generators.isEmpty else { throw reporter.failure(.valueError, "comprehension with no generators") }
        let topLevelAwait = isTopLevelAwait
        let isInCoroutine = unit.isCoroutine
        let outermost = tree[tree[generators, 0]]
        let name: NameID
        switch kind {
        case .list: name = names.listComp
        case .set: name = names.setComp
        case .dict: name = names.dictComp
        case .generator, .none: name = names.genExp
        }
        try enter(name, .comprehension, block: table.block(of: id), firstLine: tree.span(id).line)
        setPlace(id)
        let isAsync = unit.isCoroutine
        if isAsync && !isInCoroutine && kind != .generator && !topLevelAwait {
            throw error("asynchronous comprehension outside of an asynchronous function")
        }
        switch kind {
        case .list: emit(.buildList, 0)
        case .set: emit(.buildSet, 0)
        case .dict: emit(.buildMap, 0)
        case .generator, .none: break
        }
        try compileClause(generators, 0, 0, kind, elt, value)
        if kind != .generator { emit(.returnValue) }
        try closeFunction(0, addNone: true)
        if topLevelAwait && isAsync { unit.isCoroutine = true }
        try compile(outermost.iter)
        emit(outermost.isAsync ? .getAiter : .getIter)
        emit(.callFunction, 1)
        if isAsync && kind != .generator { emitAwait() }
    }

    private mutating func compileClause(
        _ generators: NodeList<ComprehensionID>, _ index: Int, _ depth: Int, _ kind: ComprehensionKind, _ elt: ExprID,
        _ value: ExprID?
    ) throws(Refused) {
        guard self.depth.enter() else { throw reporter.recursionError() }
        defer { self.depth.leave() }
        if tree[tree[generators, index]].isAsync {
            try compileAsyncClause(generators, index, depth, kind, elt, value)
        } else {
            try compileSyncClause(generators, index, depth, kind, elt, value)
        }
    }

    private mutating func compileSyncClause(
        _ generators: NodeList<ComprehensionID>, _ index: Int, _ depth: Int, _ kind: ComprehensionKind, _ elt: ExprID,
        _ value: ExprID?
    ) throws(Refused) {
        let clause = tree[tree[generators, index]]
        let start = newBlock()
        let skip = newBlock()
        let ifCleanup = newBlock()
        let anchor = newBlock()
        var depth = depth
        var isLoop = true
        if index == 0 {
            unit.argcount = 1
            emit(.loadFast, 0)
        } else if let single = singleElement(of: clause.iter) {
            // `for y in [f(x)]` is an assignment.
            try compile(single)
            isLoop = false
        } else {
            try compile(clause.iter)
            emit(.getIter)
        }
        if isLoop {
            depth += 1
            use(start)
            emitJump(.forIter, anchor)
            nextBlock()
        }
        try compile(clause.target)
        try compileConditions(clause.ifs, ifCleanup)
        if index + 1 < generators.count {
            try compileClause(generators, index + 1, depth, kind, elt, value)
        } else {
            try compileElement(kind, depth, elt, value)
            use(skip)
        }
        use(ifCleanup)
        if isLoop {
            emitJump(.jumpAbsolute, start)
            use(anchor)
        }
    }

    private mutating func compileAsyncClause(
        _ generators: NodeList<ComprehensionID>, _ index: Int, _ depth: Int, _ kind: ComprehensionKind, _ elt: ExprID,
        _ value: ExprID?
    ) throws(Refused) {
        let clause = tree[tree[generators, index]]
        let start = newBlock()
        let except = newBlock()
        let ifCleanup = newBlock()
        if index == 0 {
            unit.argcount = 1
            emit(.loadFast, 0)
        } else {
            try compile(clause.iter)
            emit(.getAiter)
        }
        use(start)
        try push(FrameBlock(kind: .asyncComprehension, block: start))
        emitJump(.setupFinally, except)
        emit(.getAnext)
        loadNone()
        emit(.yieldFrom)
        emit(.popBlock)
        try compile(clause.target)
        try compileConditions(clause.ifs, ifCleanup)
        if index + 1 < generators.count {
            try compileClause(generators, index + 1, depth + 1, kind, elt, value)
        } else {
            try compileElement(kind, depth + 1, elt, value)
        }
        use(ifCleanup)
        emitJump(.jumpAbsolute, start)
        popFrameBlock()
        use(except)
        emit(.endAsyncFor)
    }

    private mutating func compileConditions(_ ifs: NodeList<ExprID>, _ cleanup: Int32) throws(Refused) {
        for condition in tree.items(ifs) {
            try compileJump(if: condition, to: cleanup, when: false)
            nextBlock()
        }
    }

    /// Adds one element to what is being built `depth` loops below.
    private mutating func compileElement(
        _ kind: ComprehensionKind, _ depth: Int, _ elt: ExprID, _ value: ExprID?
    ) throws(Refused) {
        try compile(elt)
        switch kind {
        case .list: emit(.listAppend, depth + 1)
        case .set: emit(.setAdd, depth + 1)
        case .dict:
            if let value { try compile(value) }
            emit(.mapAdd, depth + 1)
        case .generator, .none:
            emit(.yieldValue)
            emit(.popTop)
        }
    }

    private mutating func singleElement(of iter: ExprID) -> ExprID? {
        let list: NodeList<ExprID>
        switch tree[iter] {
        case .list(let elts, _), .tuple(let elts, _): list = elts
        default: return nil
        }
        guard list.count == 1, !tree.isStarred(tree[list, 0]) else { return nil }
        return tree[list, 0]
    }
}
