// Atoms: names, constants, parentheses, displays, comprehensions, lambda parameters are next door.
// CPython: Grammar/python.gram "atom". Rules: Language Reference 6.2.
import PyUnicode

extension Parser {
    @inline(__always)
    mutating func atom() throws(ParseFailure) -> ExprID {
        let token = tokens[position]
        switch token.kind {
        case .name:
            if token.keyword == 0 {
                position &+= 1
                return add(.name(id: NameID(raw: token.name), ctx: .load), token.span)
            }
            return try keywordAtom(token)
        case .number: return try number()
        case .string: return try strings()
        case .lpar: return try parenthesis()
        case .lsqb: return try listDisplay()
        case .lbrace: return try braceDisplay()
        case .ellipsis:
            position &+= 1
            return add(.constant(value: tree.add(.ellipsis), isU: false), token.span)
        default: throw ParseFailure()
        }
    }

    @inline(never)
    private mutating func keywordAtom(_ token: Token) throws(ParseFailure) -> ExprID {
        let literal: Literal
        switch token.keyword {
        case ReservedWord.None.rawValue: literal = .none
        case ReservedWord.True.rawValue: literal = .bool(true)
        case ReservedWord.False.rawValue: literal = .bool(false)
        default: throw ParseFailure()
        }
        position &+= 1
        return add(.constant(value: tree.add(literal), isU: false), token.span)
    }

    /// A tuple, a group or a generator expression.
    @inline(never)
    private mutating func parenthesis() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        if skip(.rpar) { return add(.tuple(elts: .empty, ctx: .load), span(start)) }
        try deepen(28)
        if at(.yield) {
            let value = try yieldExpression()
            try expect(.rpar)
            level &-= 28
            return value
        }
        let isStarred = kind == .star
        let first = try starNamedExpression()
        let result: ExprID
        switch kind {
        case .rpar where !isStarred:
            advance()
            result = first
        case .comma:
            let mark = scratch.count
            push(first)
            while skip(.comma) {
                if kind == .rpar { break }
                push(try starNamedExpression())
            }
            try expect(.rpar)
            result = add(.tuple(elts: list(from: mark), ctx: .load), span(start))
        default:
            if isStarred { throw ParseFailure() }
            let generators = try comprehensions()
            try expect(.rpar)
            result = add(.generatorExp(elt: first, generators: generators), span(start))
        }
        level &-= 28
        return result
    }

    @inline(never)
    private mutating func listDisplay() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        if skip(.rsqb) { return add(.list(elts: .empty, ctx: .load), span(start)) }
        try deepen(29)
        let isStarred = kind == .star
        let first = try starNamedExpression()
        let result: ExprID
        if !isStarred, at(.for) || kind == .async {
            let generators = try comprehensions()
            try expect(.rsqb)
            result = add(.listComp(elt: first, generators: generators), span(start))
        } else {
            let mark = scratch.count
            push(first)
            while skip(.comma) {
                if kind == .rsqb { break }
                push(try starNamedExpression())
            }
            try expect(.rsqb)
            result = add(.list(elts: list(from: mark), ctx: .load), span(start))
        }
        level &-= 29
        return result
    }

    /// A dictionary, a set or a comprehension of either.
    @inline(never)
    private mutating func braceDisplay() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        if skip(.rbrace) { return add(.dict(keys: .empty, values: .empty), span(start)) }
        try deepen(29)
        let result: ExprID
        if kind == .doubleStar {
            result = try dictDisplay(start, firstKey: nil)
        } else {
            let isStarred = kind == .star
            let isWalrus = atName && nextKind == .colonEqual
            let first = try starNamedExpression()
            if kind == .colon {
                if isStarred || isWalrus { throw ParseFailure() }
                result = try dictDisplay(start, firstKey: first)
            } else if !isStarred, at(.for) || kind == .async {
                let generators = try comprehensions()
                try expect(.rbrace)
                result = add(.setComp(elt: first, generators: generators), span(start))
            } else {
                let mark = scratch.count
                push(first)
                while skip(.comma) {
                    if kind == .rbrace { break }
                    push(try starNamedExpression())
                }
                try expect(.rbrace)
                result = add(.set(elts: list(from: mark)), span(start))
            }
        }
        level &-= 29
        return result
    }

    /// At the colon behind the first key, or at the first `**`.
    private mutating func dictDisplay(_ start: Int, firstKey: ExprID?) throws(ParseFailure) -> ExprID {
        let mark = scratch.count
        let valueMark = keywordScratch.count
        var key = firstKey
        while true {
            if key == nil, kind == .rbrace { break }
            if key == nil, skip(.doubleStar) {
                push(ExprID.missing)
                keywordScratch.append(try operators(Strength.bitOr).raw)
            } else {
                let known: ExprID
                if let given = key { known = given } else { known = try expression() }
                try expect(.colon)
                let value = try expression()
                if firstKey != nil, scratch.count == mark, at(.for) || kind == .async {
                    let generators = try comprehensions()
                    try expect(.rbrace)
                    return add(.dictComp(key: known, value: value, generators: generators), span(start))
                }
                push(known)
                keywordScratch.append(value.raw)
            }
            key = nil
            if !skip(.comma) { break }
        }
        try expect(.rbrace)
        let keys: NodeList<ExprID> = list(from: mark)
        return add(.dict(keys: keys, values: take(keywordScratch, from: valueMark)), span(start))
    }

    /// `for_if_clauses`.
    mutating func comprehensions() throws(ParseFailure) -> NodeList<ComprehensionID> {
        let mark = scratch.count
        repeat {
            let isAsync = skip(TokenKind.async)
            try expect(.for)
            let target = try starTargets()
            try expect(.in)
            let iter = try operators(Strength.or)
            let ifMark = scratch.count
            while skip(.if) { push(try operators(Strength.or)) }
            let ifs: NodeList<ExprID> = list(from: ifMark)
            if isAsync { try require(6, "Async comprehensions are") }
            let clause = Comprehension(target: target, iter: iter, ifs: ifs, isAsync: isAsync)
            push(ComprehensionID(raw: tree.comprehensions.append(clause)))
        } while at(.for) || kind == .async
        return list(from: mark)
    }
}
