// The match statement. CPython: Python/compile.c. Rules: Language Reference 8.6; PEP 634.
import PyBytecode
import PyNumerics
import PySyntax
import PyUnicode

extension CodeGenerator {
    mutating func compileMatch(_ subject: ExprID, _ cases: NodeList<MatchCaseID>) throws(Refused) {
        guard !cases.isEmpty else { throw reporter.failure(.valueError, "empty cases on Match") }
        try compile(subject)
        let end = newBlock()
        let lastCase = tree[tree[cases, cases.count - 1]]
        // A trailing `case _` needs no copy of the subject.
        let hasDefault = cases.count > 1 && isWildcard(lastCase.pattern)
        let tested = hasDefault ? cases.count - 1 : cases.count
        for index in 0..<tested {
            let item = tree[tree[cases, index]]
            setPlace(item.pattern)
            let isLast = index == tested - 1
            if !isLast { emit(.dupTop) }
            var context = PatternContext()
            context.allowsIrrefutable = item.guardExpr != nil || index == cases.count - 1
            try compile(item.pattern, &context)
            for name in context.stores { try access(name, .store) }
            if let condition = item.guardExpr {
                ensureFailPop(&context, 0)
                try compileJump(if: condition, to: context.failPop[0], when: false)
            }
            if !isLast { emit(.popTop) }
            try compile(item.body)
            emitJump(.jumpForward, end)
            // The clean-up belongs to the pattern that failed, not to the last line of the body.
            setPlace(item.pattern)
            emitFailPop(&context)
        }
        if hasDefault {
            setPlace(lastCase.pattern)
            // The default leaves no code of its own: a NOP shows its line.
            emit(.nop)
            if let condition = lastCase.guardExpr { try compileJump(if: condition, to: end, when: false) }
            try compile(lastCase.body)
        }
        use(end)
    }

    private mutating func isWildcard(_ id: PatternID) -> Bool {
        if case .matchAs(_, nil) = tree[id] { return true }
        return false
    }

    private mutating func isWildcardStar(_ id: PatternID) -> Bool {
        if case .matchStar(nil) = tree[id] { return true }
        return false
    }

    /// Tests the subject on the stack and consumes it; a mismatch jumps to the context's fail blocks.
    private mutating func compile(_ id: PatternID, _ context: inout PatternContext) throws(Refused) {
        guard depth.enter() else { throw reporter.recursionError() }
        defer { depth.leave() }
        setPlace(id)
        switch tree[id] {
        case .matchValue(let value):
            switch tree[value] {
            case .constant, .attribute: break
            default: throw error("patterns may only match literals and attribute lookups")
            }
            try compile(value)
            emitComparison(.eq)
            emitFailJump(.popJumpIfFalse, &context)
        case .matchSingleton(let value):
            loadConst(pool.number(of: value))
            emitComparison(.is)
            emitFailJump(.popJumpIfFalse, &context)
        case .matchSequence(let patterns): try compileSequence(patterns, &context)
        case .matchMapping(let keys, let patterns, let rest): try compileMapping(keys, patterns, rest, &context)
        case .matchClass(let cls, let patterns, let kwdAttrs, let kwdPatterns):
            try compileClassPattern(id, cls, patterns, kwdAttrs, kwdPatterns, &context)
        case .matchStar(let name): try capture(name, &context)
        case .matchAs(let pattern, let name): try compileAs(pattern, name, &context)
        case .matchOr(let patterns): try compileOr(patterns, &context)
        }
    }

    private mutating func compileSubpattern(_ id: PatternID, _ context: inout PatternContext) throws(Refused) {
        let allowed = context.allowsIrrefutable
        context.allowsIrrefutable = true
        try compile(id, &context)
        context.allowsIrrefutable = allowed
    }

    private mutating func compileAs(
        _ pattern: PatternID?, _ name: NameID?, _ context: inout PatternContext
    ) throws(Refused) {
        guard let pattern else {
            if !context.allowsIrrefutable {
                guard let name else { throw error("wildcard makes remaining patterns unreachable") }
                throw error(
                    "name capture \(names.table[name].repr().string) makes remaining patterns unreachable")
            }
            return try capture(name, &context)
        }
        context.onTop += 1
        emit(.dupTop)
        try compile(pattern, &context)
        context.onTop -= 1
        try capture(name, &context)
    }

    // MARK: Sequences

    private mutating func compileSequence(
        _ patterns: NodeList<PatternID>, _ context: inout PatternContext
    ) throws(Refused) {
        let size = patterns.count
        var star = -1
        var onlyWildcards = true
        var starIsWildcard = false
        for index in 0..<size {
            let pattern = tree[patterns, index]
            if case .matchStar = tree[pattern] {
                if star >= 0 { throw error("multiple starred names in sequence pattern") }
                starIsWildcard = isWildcardStar(pattern)
                onlyWildcards = onlyWildcards && starIsWildcard
                star = index
            } else {
                onlyWildcards = onlyWildcards && isWildcard(pattern)
            }
        }
        context.onTop += 1
        emit(.matchSequence)
        emitFailJump(.popJumpIfFalse, &context)
        if star < 0 {
            emit(.getLen)
            loadInt(size)
            emitComparison(.eq)
            emitFailJump(.popJumpIfFalse, &context)
        } else if size > 1 {
            emit(.getLen)
            loadInt(size - 1)
            emitComparison(.gtE)
            emitFailJump(.popJumpIfFalse, &context)
        }
        context.onTop -= 1
        if onlyWildcards {
            emit(.popTop)
        } else if starIsWildcard {
            try subscriptSequence(patterns, star, &context)
        } else {
            try unpackSequence(patterns, &context)
        }
    }

    private mutating func unpackSequence(
        _ patterns: NodeList<PatternID>, _ context: inout PatternContext
    ) throws(Refused) {
        let size = patterns.count
        var star: Int?
        for index in 0..<size {
            if case .matchStar = tree[tree[patterns, index]] { star = index }
        }
        if let star {
            if star >= 1 << 8 || size - star - 1 >= Int(Int32.max) >> 8 {
                throw error("too many expressions in star-unpacking sequence pattern")
            }
            emit(.unpackEx, star + (size - star - 1) << 8)
        } else {
            emit(.unpackSequence, size)
        }
        context.onTop += size
        for pattern in tree.items(patterns) {
            context.onTop -= 1
            try compileSubpattern(pattern, &context)
        }
    }

    /// With `*_` only the other items are looked at, by index.
    private mutating func subscriptSequence(
        _ patterns: NodeList<PatternID>, _ star: Int, _ context: inout PatternContext
    ) throws(Refused) {
        context.onTop += 1
        let size = patterns.count
        for index in 0..<size {
            let pattern = tree[patterns, index]
            if index == star || isWildcard(pattern) { continue }
            emit(.dupTop)
            if index < star {
                loadInt(index)
            } else {
                // The subject may not support negative indices.
                emit(.getLen)
                loadInt(size - index)
                emit(.binarySubtract)
            }
            emit(.binarySubscr)
            try compileSubpattern(pattern, &context)
        }
        context.onTop -= 1
        emit(.popTop)
    }

    // MARK: Mappings

    private mutating func compileMapping(
        _ keys: NodeList<ExprID>, _ patterns: NodeList<PatternID>, _ rest: NameID?, _ context: inout PatternContext
    ) throws(Refused) {
        let size = keys.count
        if size != patterns.count {
            throw error("keys (\(size)) / patterns (\(patterns.count)) length mismatch in mapping pattern")
        }
        context.onTop += 1
        emit(.matchMapping)
        emitFailJump(.popJumpIfFalse, &context)
        if size == 0 && rest == nil {
            context.onTop -= 1
            emit(.popTop)
            return
        }
        if size > 0 {
            emit(.getLen)
            loadInt(size)
            emitComparison(.gtE)
            emitFailJump(.popJumpIfFalse, &context)
        }
        try compileKeys(keys, patterns)
        emit(.buildTuple, size)
        emit(.matchKeys)
        context.onTop += 2
        emitFailJump(.popJumpIfFalse, &context)
        try compileItems(of: patterns, from: 0, &context)
        context.onTop -= 2
        emit(.popTop)
        if let rest {
            emit(.copyDictWithoutKeys)
            try capture(rest, &context)
        } else {
            emit(.popTop)
        }
        context.onTop -= 1
        emit(.popTop)
    }

    private mutating func compileKeys(_ keys: NodeList<ExprID>, _ patterns: NodeList<PatternID>) throws(Refused) {
        var seen: Set<Literal> = []
        for index in 0..<keys.count {
            let key = tree[keys, index]
            if key.isMissing {
                setPlace(tree[patterns, index])
                throw error("can't use NULL keys in MatchMapping (set 'rest' parameter instead)")
            }
            switch tree[key] {
            case .constant(let id, _):
                let literal = pool.literal(id)
                if !seen.insert(LiteralSet.canonical(literal)).inserted {
                    throw error("mapping pattern checks duplicate key (\(String(decoding: literal.pythonRepr, as: UTF8.self)))")
                }
            case .attribute: break
            default: throw error("mapping pattern keys may only match literals and attribute lookups")
            }
            try compile(key)
        }
    }

    /// Matches the items of the tuple on the stack, from `first` on, against patterns; wildcards are not looked at.
    private mutating func compileItems(
        of patterns: NodeList<PatternID>, from first: Int, _ context: inout PatternContext
    ) throws(Refused) {
        for index in 0..<patterns.count {
            let pattern = tree[patterns, index]
            if isWildcard(pattern) { continue }
            emit(.dupTop)
            loadInt(first + index)
            emit(.binarySubscr)
            try compileSubpattern(pattern, &context)
        }
    }

    // MARK: Classes

    private mutating func compileClassPattern(
        _ id: PatternID, _ cls: ExprID, _ patterns: NodeList<PatternID>, _ kwdAttrs: NodeList<NameID>,
        _ kwdPatterns: NodeList<PatternID>, _ context: inout PatternContext
    ) throws(Refused) {
        if kwdAttrs.count != kwdPatterns.count {
            throw error(
                "kwd_attrs (\(kwdAttrs.count)) / kwd_patterns (\(kwdPatterns.count)) length mismatch in class pattern")
        }
        if !kwdAttrs.isEmpty {
            try checkAttributes(kwdAttrs, kwdPatterns)
            setPlace(id)
        }
        try compile(cls)
        let table = names.table
        loadConst(pool.number(of: .tuple(tree.items(kwdAttrs).map { .str(table[$0]) })))
        emit(.matchClass, patterns.count)
        context.onTop += 1
        emitFailJump(.popJumpIfFalse, &context)
        try compileItems(of: patterns, from: 0, &context)
        try compileItems(of: kwdPatterns, from: patterns.count, &context)
        context.onTop -= 1
        emit(.popTop)
    }

    private mutating func checkAttributes(_ attrs: NodeList<NameID>, _ patterns: NodeList<PatternID>) throws(Refused) {
        for index in 0..<attrs.count {
            let name = tree[attrs, index]
            setPlace(tree[patterns, index])
            try refuseDebug(name, .store)
            for other in index + 1..<max(attrs.count, index + 1) where tree[attrs, other] == name {
                setPlace(tree[patterns, other])
                throw error("attribute name repeated in class pattern: \(text(name))")
            }
        }
    }

    // MARK: Alternatives

    private mutating func compileOr(_ patterns: NodeList<PatternID>, _ context: inout PatternContext) throws(Refused) {
        let end = newBlock()
        var control: [NameID] = []
        let size = patterns.count
        for index in 0..<size {
            let alternative = tree[patterns, index]
            setPlace(alternative)
            var inner = PatternContext()
            // An alternative that always matches must be the last.
            inner.allowsIrrefutable = index == size - 1 && context.allowsIrrefutable
            emit(.dupTop)
            try compile(alternative, &inner)
            if index == 0 {
                control = inner.stores
            } else {
                try reorder(&inner.stores, to: control)
            }
            emitJump(.jumpForward, end)
            nextBlock()
            emitFailPop(&inner)
        }
        // Nothing matched: drop the copy of the subject and fail.
        emit(.popTop)
        emitFailJump(.jumpForward, &context)
        use(end)
        let rotation = control.count + 1 + context.onTop + context.stores.count
        for name in control {
            emit(.rotN, rotation)
            if context.stores.contains(name) { throw duplicateCapture(name) }
            context.stores.append(name)
        }
        emit(.popTop)
    }

    /// Brings the captures on the stack into the order the first alternative made them in.
    private mutating func reorder(_ stores: inout [NameID], to control: [NameID]) throws(Refused) {
        if stores.count != control.count { throw error("alternative patterns bind different names") }
        var position = control.count - 1
        while position >= 0 {
            guard let found = stores.firstIndex(of: control[position]) else {
                throw error("alternative patterns bind different names")
            }
            if found != position {
                let rotations = found + 1
                let rotated = Array(stores[..<rotations])
                stores.removeFirst(rotations)
                stores.insert(contentsOf: rotated, at: position - found)
                for _ in 0..<rotations { emit(.rotN, position + 1) }
            }
            position -= 1
        }
    }
}
