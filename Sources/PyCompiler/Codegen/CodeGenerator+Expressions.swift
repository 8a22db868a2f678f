// Expressions, except calls, comprehensions and patterns, which have files of their own. CPython: Python/compile.c.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    /// CPython's STACK_USE_GUIDELINE: longer displays are built piece by piece.
    static var stackUseGuideline: Int { 30 }

    /// Leaves the value of `id` on the stack, or stores or deletes it, as its context says.
    mutating func compile(_ id: ExprID) throws(Refused) {
        let outer = (span, origin, originKind)
        setPlace(id)
        // Names and constants are most of all expressions.
        switch tree[id] {
        case .name(let name, let ctx): try access(name, ctx)
        case .constant(let literal, _): loadConst(pool.number(of: literal))
        default:
            guard depth.enter() else { throw reporter.recursionError() }
            try compileCompound(id)
            depth.leave()
        }
        (span, origin, originKind) = outer
    }

    private mutating func compileCompound(_ id: ExprID) throws(Refused) {
        switch tree[id] {
        case .name, .constant: break
        case .attribute(let value, let attr, let ctx): try compileAttribute(id, value, attr, ctx)
        case .call(let function, let args, let keywords): try compileCall(function, args, keywords)
        case .subscript(let value, let slice, let ctx): try compileSubscript(value, slice, ctx)
        case .boolOp(let op, let values): try compileBoolOp(op, values)
        case .namedExpr(let target, let value):
            try compile(value)
            emit(.dupTop)
            try compile(target)
        case .binOp(let left, let op, let right):
            try compile(left)
            try compile(right)
            emit(op.binaryOpcode)
        case .unaryOp(let op, let operand):
            try compile(operand)
            switch op {
            case .invert: emit(.unaryInvert)
            case .not: emit(.unaryNot)
            case .uAdd: emit(.unaryPositive)
            case .uSub: emit(.unaryNegative)
            }
        case .lambda(let args, let body): try compileLambda(id, args, body)
        case .ifExp(let test, let body, let orelse):
            let end = newBlock()
            let next = newBlock()
            try compileJump(if: test, to: next, when: false)
            try compile(body)
            emitJumpWithoutLine(.jumpForward, end)
            use(next)
            try compile(orelse)
            use(end)
        case .dict(let keys, let values): try compileDict(keys, values)
        case .set(let elts): try compileDisplay(elts, pushed: 0, .set)
        case .listComp(let elt, let generators): try compileComprehension(id, .list, generators, elt, nil)
        case .setComp(let elt, let generators): try compileComprehension(id, .set, generators, elt, nil)
        case .dictComp(let key, let value, let generators): try compileComprehension(id, .dict, generators, key, value)
        case .generatorExp(let elt, let generators): try compileComprehension(id, .generator, generators, elt, nil)
        case .await(let value): try compileAwait(value)
        case .yield(let value):
            if unit.blockKind != .function { throw error("'yield' outside function") }
            if let value {
                try compile(value)
            } else {
                loadNone()
            }
            emit(.yieldValue)
        case .yieldFrom(let value):
            if unit.blockKind != .function { throw error("'yield' outside function") }
            if unit.kind == .asyncFunction { throw error("'yield from' inside async function") }
            try compile(value)
            emit(.getYieldFromIter)
            loadNone()
            emit(.yieldFrom)
        case .compare(let left, let ops, let comparators): try compileCompare(left, ops, comparators)
        case .formattedValue(let value, let conversion, let formatSpec):
            try compileFormattedValue(value, conversion, formatSpec)
        case .joinedStr(let values): try compileJoinedStr(values)
        case .starred(_, let ctx):
            throw error(
                ctx == .store
                    ? "starred assignment target must be in a list or tuple" : "can't use starred expression here")
        case .list(let elts, let ctx):
            switch ctx {
            case .load: try compileDisplay(elts, pushed: 0, .list)
            case .store: try compileUnpacking(elts)
            case .del: try compileEach(elts)
            }
        case .tuple(let elts, let ctx):
            switch ctx {
            case .load: try compileDisplay(elts, pushed: 0, .tuple)
            case .store: try compileUnpacking(elts)
            case .del: try compileEach(elts)
            }
        case .slice(let lower, let upper, let step):
            if let lower { try compile(lower) } else { loadNone() }
            if let upper { try compile(upper) } else { loadNone() }
            if let step { try compile(step) }
            emit(.buildSlice, step == nil ? 2 : 3)
        }
    }

    private mutating func compileAttribute(_ id: ExprID, _ value: ExprID, _ attr: NameID, _ ctx: ExprContext) throws(Refused) {
        try compile(value)
        let line = span.line
        // An attribute has the line where it ends.
        switch ctx {
        case .load:
            span.line = tree.span(id).endLine
            emitName(.loadAttr, attr)
        case .store:
            try refuseDebug(attr, .store)
            span.line = tree.span(id).endLine
            emitName(.storeAttr, attr)
        case .del: emitName(.deleteAttr, attr)
        }
        span.line = line
    }

    private mutating func compileSubscript(_ value: ExprID, _ slice: ExprID, _ ctx: ExprContext) throws(Refused) {
        if ctx == .load {
            warnIfNotSubscriptable(value)
            warnIfBadIndex(value, slice)
        }
        try compile(value)
        try compile(slice)
        emit(ctx == .load ? .binarySubscr : ctx == .store ? .storeSubscr : .deleteSubscr)
    }

    private mutating func compileAwait(_ value: ExprID) throws(Refused) {
        if !isTopLevelAwait {
            if unit.blockKind != .function { throw error("'await' outside function") }
            if unit.kind != .asyncFunction && unit.kind != .comprehension { throw error("'await' outside async function") }
        }
        try compile(value)
        emitAwait()
    }

    private mutating func compileBoolOp(_ op: BoolOperator, _ values: NodeList<ExprID>) throws(Refused) {
        guard !values.isEmpty else { throw reporter.failure(.valueError, "BoolOp with less than 2 values") }
        let end = newBlock()
        for index in 0..<values.count - 1 {
            try compile(tree[values, index])
            emitJump(op == .and ? .jumpIfFalseOrPop : .jumpIfTrueOrPop, end)
            nextBlock()
        }
        try compile(tree[values, values.count - 1])
        use(end)
    }

    private mutating func compileFormattedValue(
        _ value: ExprID, _ conversion: Conversion, _ formatSpec: ExprID?
    ) throws(Refused) {
        try compile(value)
        var arg: Int
        switch conversion {
        case .none: arg = 0
        case .str: arg = 1
        case .repr: arg = 2
        case .ascii: arg = 3
        }
        if let formatSpec {
            try compile(formatSpec)
            arg |= 4
        }
        emit(.formatValue, arg)
    }

    private mutating func compileJoinedStr(_ values: NodeList<ExprID>) throws(Refused) {
        if values.count > Self.stackUseGuideline {
            loadConst(pool.number(ofName: names.emptyName))
            emitName(.loadMethod, names.joinName)
            emit(.buildList, 0)
            for value in tree.items(values) {
                try compile(value)
                emit(.listAppend, 1)
            }
            emit(.callMethod, 1)
            return
        }
        try compileEach(values)
        if values.count != 1 { emit(.buildString, values.count) }
    }

    // MARK: Comparisons

    mutating func emitComparison(_ op: CompareOperator) {
        switch op {
        case .lt: emit(.compareOp, 0)
        case .ltE: emit(.compareOp, 1)
        case .eq: emit(.compareOp, 2)
        case .notEq: emit(.compareOp, 3)
        case .gt: emit(.compareOp, 4)
        case .gtE: emit(.compareOp, 5)
        case .is: emit(.isOp, 0)
        case .isNot: emit(.isOp, 1)
        case .in: emit(.containsOp, 0)
        case .notIn: emit(.containsOp, 1)
        }
    }

    private mutating func compileCompare(
        _ left: ExprID, _ ops: CompareOperatorList, _ comparators: NodeList<ExprID>
    ) throws(Refused) {
        try checkComparison(ops, comparators)
        warnIfIdentityOfLiteral(left, ops, comparators)
        try compile(left)
        let last = ops.count - 1
        if last == 0 {
            try compile(tree[comparators, 0])
            return emitComparison(tree.op(ops, 0))
        }
        let cleanup = newBlock()
        for index in 0..<last {
            try compileLink(ops, comparators, index)
            emitJump(.jumpIfFalseOrPop, cleanup)
            nextBlock()
        }
        try compile(tree[comparators, last])
        emitComparison(tree.op(ops, last))
        let end = newBlock()
        emitJumpWithoutLine(.jumpForward, end)
        use(cleanup)
        emit(.rotTwo)
        emit(.popTop)
        use(end)
    }

    @inline(never)
    private mutating func checkComparison(_ ops: CompareOperatorList, _ comparators: NodeList<ExprID>) throws(Refused) {
        if ops.count == 0 || ops.count != comparators.count {
            throw reporter.failure(.valueError, "Compare has a different number of comparators and operands")
        }
    }

    /// One comparison of a chain: its right side stays for the next.
    private mutating func compileLink(
        _ ops: CompareOperatorList, _ comparators: NodeList<ExprID>, _ index: Int
    ) throws(Refused) {
        try compile(tree[comparators, index])
        emit(.dupTop)
        emit(.rotThree)
        emitComparison(tree.op(ops, index))
    }

    // MARK: Jumps

    /// Jumps to `next` if the truth of `test` is `condition`, else falls through.
    mutating func compileJump(if test: ExprID, to next: Int32, when condition: Bool) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        switch tree[test] {
        case .unaryOp(.not, let operand):
            return try compileJump(if: operand, to: next, when: !condition)
        case .boolOp(let op, let values) where !values.isEmpty:
            let short = op == .or
            let other = short != condition ? newBlock() : next
            for index in 0..<values.count - 1 {
                try compileJump(if: tree[values, index], to: other, when: short)
            }
            try compileJump(if: tree[values, values.count - 1], to: next, when: condition)
            if other != next { use(other) }
            return
        case .ifExp(let test, let body, let orelse):
            let end = newBlock()
            let other = newBlock()
            try compileJump(if: test, to: other, when: false)
            try compileJump(if: body, to: next, when: condition)
            emitJumpWithoutLine(.jumpForward, end)
            use(other)
            try compileJump(if: orelse, to: next, when: condition)
            use(end)
            return
        case .compare(let left, let ops, let comparators):
            // The jump has the comparison's line, and so has what follows.
            setPlace(test)
            if ops.count > 1 { return try compileChainJump(left, ops, comparators, next, condition) }
        default: break
        }
        try compile(test)
        emitJump(condition ? .popJumpIfTrue : .popJumpIfFalse, next)
        nextBlock()
    }

    private mutating func compileChainJump(
        _ left: ExprID, _ ops: CompareOperatorList, _ comparators: NodeList<ExprID>, _ next: Int32, _ condition: Bool
    ) throws(Refused) {
        try checkComparison(ops, comparators)
        warnIfIdentityOfLiteral(left, ops, comparators)
        let last = ops.count - 1
        let cleanup = newBlock()
        try compile(left)
        for index in 0..<last {
            try compileLink(ops, comparators, index)
            emitJump(.popJumpIfFalse, cleanup)
            nextBlock()
        }
        try compile(tree[comparators, last])
        emitComparison(tree.op(ops, last))
        emitJump(condition ? .popJumpIfTrue : .popJumpIfFalse, next)
        nextBlock()
        let end = newBlock()
        emitJumpWithoutLine(.jumpForward, end)
        use(cleanup)
        emit(.popTop)
        if !condition { emitJumpWithoutLine(.jumpForward, next) }
        use(end)
    }

    // MARK: Displays

    enum Display {
        case list, set, tuple

        var build: Opcode { self == .set ? .buildSet : .buildList }
        var add: Opcode { self == .set ? .setAdd : .listAppend }
        var extend: Opcode { self == .set ? .setUpdate : .listExtend }
    }

    /// Builds a list, set or tuple of `elts` and of the `pushed` values that are on the stack already.
    mutating func compileDisplay(_ elts: NodeList<ExprID>, pushed: Int, _ display: Display) throws(Refused) {
        let count = elts.count
        if count > 2, let items = constants(elts) {
            switch display {
            case .tuple: loadConst(pool.number(of: .tuple(items.map(Constant.init))))
            case .list:
                emit(.buildList, pushed)
                loadConst(pool.number(of: .tuple(items.map(Constant.init))))
                emit(.listExtend, 1)
            case .set:
                emit(.buildSet, pushed)
                loadConst(pool.number(of: .frozenset(LiteralSet.distinct(items).map(Constant.init))))
                emit(.setUpdate, 1)
            }
            return
        }
        let isBig = count + pushed > Self.stackUseGuideline
        if !isBig && !tree.containsStarred(elts) {
            try compileEach(elts)
            emit(display == .tuple ? .buildTuple : display.build, count + pushed)
            return
        }
        var isBuilt = false
        if isBig {
            emit(display.build, pushed)
            isBuilt = true
        }
        for index in 0..<count {
            let elt = tree[elts, index]
            if case .starred(let value, _) = tree[elt] {
                if !isBuilt {
                    emit(display.build, index + pushed)
                    isBuilt = true
                }
                try compile(value)
                emit(display.extend, 1)
            } else {
                try compile(elt)
                if isBuilt { emit(display.add, 1) }
            }
        }
        if display == .tuple { emit(.listToTuple) }
    }

    /// The values of `elts` if all are constants.
    @inline(never)
    mutating func constants(_ elts: NodeList<ExprID>) -> [Literal]? {
        for id in tree.items(elts) where id.isMissing || !tree.isConstant(id) { return nil }
        var items: [Literal] = []
        items.reserveCapacity(elts.count)
        for id in tree.items(elts) {
            if case .constant(let literal, _) = tree[id] { items.append(pool.literal(literal)) }
        }
        return items
    }

    /// Unpacks the value on the stack into targets.
    private mutating func compileUnpacking(_ elts: NodeList<ExprID>) throws(Refused) {
        var star: Int?
        for index in 0..<elts.count where tree.isStarred(tree[elts, index]) {
            if star != nil { throw error("multiple starred expressions in assignment") }
            let after = elts.count - index - 1
            if index >= 1 << 8 || after >= Int(Int32.max) >> 8 {
                throw error("too many expressions in star-unpacking assignment")
            }
            emit(.unpackEx, index + after << 8)
            star = index
        }
        if star == nil { emit(.unpackSequence, elts.count) }
        for elt in tree.items(elts) {
            if case .starred(let value, _) = tree[elt] {
                try compile(value)
            } else {
                try compile(elt)
            }
        }
    }

    private mutating func compileDict(_ keys: NodeList<ExprID>, _ values: NodeList<ExprID>) throws(Refused) {
        if keys.count != values.count {
            throw reporter.failure(.valueError, "Dict doesn't have the same number of keys as values")
        }
        var isBuilt = false
        var pending = 0
        for index in 0..<values.count {
            if tree[keys, index].isMissing {
                if pending > 0 {
                    try compileDictPart(keys, values, index - pending, index, &isBuilt)
                    pending = 0
                }
                if !isBuilt {
                    emit(.buildMap, 0)
                    isBuilt = true
                }
                try compile(tree[values, index])
                emit(.dictUpdate, 1)
            } else if pending * 2 > Self.stackUseGuideline {
                try compileDictPart(keys, values, index - pending, index + 1, &isBuilt)
                pending = 0
            } else {
                pending += 1
            }
        }
        if pending > 0 { try compileDictPart(keys, values, values.count - pending, values.count, &isBuilt) }
        if !isBuilt { emit(.buildMap, 0) }
    }

    /// Builds a dict of some entries and merges it into the one before, if there is one.
    @inline(never)
    private mutating func compileDictPart(
        _ keys: NodeList<ExprID>, _ values: NodeList<ExprID>, _ begin: Int, _ end: Int, _ isBuilt: inout Bool
    ) throws(Refused) {
        let count = end - begin
        let isBig = count * 2 > Self.stackUseGuideline
        let part = NodeList<ExprID>(start: keys.start + UInt32(begin), count: UInt32(count))
        if count > 1, !isBig, let items = constants(part) {
            for index in begin..<end { try compile(tree[values, index]) }
            loadConst(pool.number(of: .tuple(items.map(Constant.init))))
            emit(.buildConstKeyMap, count)
        } else {
            if isBig { emit(.buildMap, 0) }
            for index in begin..<end {
                try compile(tree[keys, index])
                try compile(tree[values, index])
                if isBig { emit(.mapAdd, 1) }
            }
            if !isBig { emit(.buildMap, count) }
        }
        if isBuilt { emit(.dictUpdate, 1) }
        isBuilt = true
    }
}
