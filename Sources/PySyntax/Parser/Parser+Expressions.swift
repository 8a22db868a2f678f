// Expressions from `star_expressions` down to `primary`: one operator-precedence loop instead of a rule per level, and
// loops instead of recursion where operators nest to the right, so that only brackets nest natively.
// CPython: Grammar/python.gram "EXPRESSIONS". Rules: Language Reference 6.
import PyUnicode

/// Binding strengths of the operator loop.
enum Strength {
    static let or = 1
    static let and = 2
    static let not = 3
    static let comparison = 4
    static let bitOr = 5
    static let bitXor = 6
    static let bitAnd = 7
    static let shift = 8
    static let sum = 9
    static let term = 10
}

extension Parser {
    // MARK: Lists of expressions

    /// `star_expressions`: one, or a tuple without parentheses.
    mutating func starExpressions() throws(ParseFailure) -> ExprID {
        let start = position
        let first = try starExpression()
        if kind != .comma { return first }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if !startsExpression { break }
            push(try starExpression())
        }
        return add(.tuple(elts: list(from: mark), ctx: .load), span(start))
    }

    @inline(__always)
    mutating func starExpression() throws(ParseFailure) -> ExprID {
        if kind == .star { return try starred() }
        return try expression()
    }

    /// `'*' bitwise_or`.
    mutating func starred() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        let value = try operators(Strength.bitOr)
        return add(.starred(value: value, ctx: .load), span(start))
    }

    @inline(__always)
    mutating func starNamedExpression() throws(ParseFailure) -> ExprID {
        if kind == .star { return try starred() }
        return try namedExpression()
    }

    /// `expressions`: as `starExpressions` without stars.
    mutating func expressions() throws(ParseFailure) -> ExprID {
        let start = position
        let first = try expression()
        if kind != .comma { return first }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if !startsExpression || kind == .star { break }
            push(try expression())
        }
        return add(.tuple(elts: list(from: mark), ctx: .load), span(start))
    }

    /// Whether the current token can begin a `star_expression`.
    var startsExpression: Bool {
        switch kind {
        case .name:
            switch keyword {
            case 0, ReservedWord.None.rawValue, ReservedWord.True.rawValue, ReservedWord.False.rawValue,
                ReservedWord.not.rawValue, ReservedWord.lambda.rawValue:
                return true
            default: return false
            }
        case .number, .string, .lpar, .lsqb, .lbrace, .minus, .plus, .tilde, .star, .ellipsis, .await: return true
        default: return false
        }
    }

    /// `yield_expr`.
    mutating func yieldExpression() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        if skip(.from) {
            let value = try expression()
            return add(.yieldFrom(value: value), span(start))
        }
        var value: ExprID?
        if startsExpression { value = try starExpressions() }
        return add(.yield(value: value), span(start))
    }

    @inline(__always)
    mutating func yieldOrStarExpressions() throws(ParseFailure) -> ExprID {
        if at(.yield) { return try yieldExpression() }
        return try starExpressions()
    }

    // MARK: One expression

    /// `named_expression`.
    @inline(__always)
    mutating func namedExpression() throws(ParseFailure) -> ExprID {
        if atName, nextKind == .colonEqual { return try walrus() }
        return try expression()
    }

    @inline(never)
    mutating func walrus() throws(ParseFailure) -> ExprID {
        let start = position
        let name = try identifier()
        let target = add(.name(id: name, ctx: .store), span(start))
        advance()
        let value = try expression()
        try require(8, "Assignment expressions are")
        return add(.namedExpr(target: target, value: value), span(start))
    }

    /// `expression`: conditional expressions and lambdas nest to the right, in a loop.
    mutating func expression() throws(ParseFailure) -> ExprID {
        let start = position
        if !at(.lambda) {
            let first = try operators(Strength.or)
            if !at(.if) { return first }
            return try longExpression(start, first)
        }
        return try longExpression(start, nil)
    }

    /// Pending outer expressions are triples on the scratch stack: start token, body or arguments, test or `max`.
    @inline(never)
    private mutating func longExpression(_ from: Int, _ first: ExprID?) throws(ParseFailure) -> ExprID {
        let mark = scratch.count
        let entry = level
        var start = from
        var result = first
        while true {
            if result == nil {
                if at(.lambda) {
                    advance()
                    let args = try lambdaParameters()
                    try expect(.colon)
                    pend(start, args.raw, .max)
                    try deepen(2)
                    start = position
                    continue
                }
                result = try operators(Strength.or)
            }
            guard let body = result else { throw ParseFailure() }
            if !skip(.if) { break }
            let test = try operators(Strength.or)
            try expect(.else)
            pend(start, body.raw, test.raw)
            try deepen(1)
            start = position
            result = nil
        }
        guard var value = result else { throw ParseFailure() }
        level = entry
        while scratch.count > mark {
            let top = scratch.count - 3
            let where_ = span(Int(scratch[top]))
            if scratch[top + 2] == .max {
                value = add(.lambda(args: ArgumentsID(raw: scratch[top + 1]), body: value), where_)
            } else {
                let test = ExprID(raw: scratch[top + 2])
                value = add(.ifExp(test: test, body: ExprID(raw: scratch[top + 1]), orelse: value), where_)
            }
            scratch.truncate(to: top)
        }
        return value
    }

    @inline(__always)
    private func pend(_ start: Int, _ a: UInt32, _ b: UInt32) {
        scratch.append(UInt32(truncatingIfNeeded: start))
        scratch.append(a)
        scratch.append(b)
    }

    // MARK: Binary operators

    /// How strongly the current token binds as a binary operator; 0 if it is none.
    @inline(__always)
    private var strength: Int {
        switch kind {
        case .name:
            switch keyword {
            case ReservedWord.or.rawValue: return Strength.or
            case ReservedWord.and.rawValue: return Strength.and
            case ReservedWord.in.rawValue, ReservedWord.is.rawValue: return Strength.comparison
            case ReservedWord.not.rawValue:
                return tokens[position &+ 1].keyword == ReservedWord.in.rawValue ? Strength.comparison : 0
            default: return 0
            }
        case .less, .greater, .eqEqual, .notEqual, .lessEqual, .greaterEqual: return Strength.comparison
        case .vbar: return Strength.bitOr
        case .circumflex: return Strength.bitXor
        case .amper: return Strength.bitAnd
        case .leftShift, .rightShift: return Strength.shift
        case .plus, .minus: return Strength.sum
        case .star, .slash, .doubleSlash, .percent, .at: return Strength.term
        default: return 0
        }
    }

    /// An expression of operators that bind at least as strongly as `least`.
    mutating func operators(_ least: Int) throws(ParseFailure) -> ExprID {
        let start = position
        var left: ExprID
        if at(.not), least <= Strength.not { left = try negations() } else { left = try factor() }
        while true {
            let found = strength
            if found < least || found == 0 { return left }
            switch found {
            case Strength.or: left = try boolOperation(.or, .or, found, start, left)
            case Strength.and: left = try boolOperation(.and, .and, found, start, left)
            case Strength.comparison: left = try comparison(start, left)
            default:
                guard let op = binaryOperator(kind) else { throw ParseFailure() }
                advance()
                let right = try operators(found + 1)
                if op == .matMult { try require(5, "The '@' operator is") }
                left = add(.binOp(left: left, op: op, right: right), span(start))
            }
        }
    }

    /// `not not x`: counted, not nested.
    @inline(never)
    private mutating func negations() throws(ParseFailure) -> ExprID {
        let first = position
        let entry = level
        while skip(.not) { try deepen(1) }
        let count = position - first
        var value = try operators(Strength.comparison)
        level = entry
        for index in stride(from: count - 1, through: 0, by: -1) {
            value = add(.unaryOp(op: .not, operand: value), span(first + index))
        }
        return value
    }

    @inline(never)
    private mutating func boolOperation(
        _ word: ReservedWord, _ op: BoolOperator, _ found: Int, _ start: Int, _ left: ExprID
    ) throws(ParseFailure) -> ExprID {
        let mark = scratch.count
        push(left)
        while skip(word) { push(try operators(found + 1)) }
        return add(.boolOp(op: op, values: list(from: mark)), span(start))
    }

    @inline(never)
    private mutating func comparison(_ start: Int, _ left: ExprID) throws(ParseFailure) -> ExprID {
        let mark = scratch.count
        var operators: UInt32 = 0
        let opMark = keywordScratch.count
        while let op = try compareOperator() {
            keywordScratch.append(UInt32(op.rawValue))
            operators += 1
            push(try self.operators(Strength.bitOr))
        }
        let store = tree.compareOperators
        let first = store.count
        for index in 0..<operators {
            store.append(CompareOperator(rawValue: UInt8(truncatingIfNeeded: keywordScratch[opMark + index])) ?? .eq)
        }
        keywordScratch.truncate(to: opMark)
        let ops = CompareOperatorList(start: first, count: store.count - first)
        return add(.compare(left: left, ops: ops, comparators: list(from: mark)), span(start))
    }

    private mutating func compareOperator() throws(ParseFailure) -> CompareOperator? {
        switch kind {
        case .eqEqual: return take(.eq)
        case .less: return take(.lt)
        case .greater: return take(.gt)
        case .lessEqual: return take(.ltE)
        case .greaterEqual: return take(.gtE)
        case .notEqual:
            // `<>` is the same token; PEP 401 decides which spelling is meant.
            let isOld = base[Int(tokens[position].start)] == 60
            if isOld != options.barryAsBDFL {
                advance()
                throw isOld ? ParseFailure() : fail("with Barry as BDFL, use '<>' instead of '!='", at: position - 1)
            }
            return take(.notEq)
        case .name:
            if skip(.in) { return .in }
            if skip(.is) { return skip(.not) ? .isNot : .is }
            if at(.not), tokens[position + 1].keyword == ReservedWord.in.rawValue {
                position += 2
                return .notIn
            }
            return nil
        default: return nil
        }
    }

    private mutating func take(_ op: CompareOperator) -> CompareOperator {
        advance()
        return op
    }

    @inline(__always)
    private func binaryOperator(_ kind: TokenKind) -> Operator? {
        switch kind {
        case .plus: return .add
        case .minus: return .sub
        case .star: return .mult
        case .slash: return .div
        case .doubleSlash: return .floorDiv
        case .percent: return .mod
        case .at: return .matMult
        case .vbar: return .bitOr
        case .circumflex: return .bitXor
        case .amper: return .bitAnd
        case .leftShift: return .lShift
        case .rightShift: return .rShift
        default: return nil
        }
    }

    // MARK: Unary operators and powers

    @inline(__always)
    private mutating func factor() throws(ParseFailure) -> ExprID {
        switch kind {
        case .minus, .plus, .tilde: return try longFactor(nil)
        default:
            let start = position
            let value = try awaitPrimary()
            if kind != .doubleStar { return value }
            return try longFactor((start, value))
        }
    }

    /// `-a ** -b ** c`: prefixes and left operands wait as pairs on the scratch stack, the right end is built first.
    @inline(never)
    private mutating func longFactor(_ first: (start: Int, value: ExprID)?) throws(ParseFailure) -> ExprID {
        let mark = scratch.count
        let entry = level
        var pending = first
        var value: ExprID
        while true {
            let start: Int
            if let given = pending {
                (start, value) = given
                pending = nil
            } else {
                let op: UnaryOperator? = kind == .minus ? .uSub : kind == .plus ? .uAdd : kind == .tilde ? .invert : nil
                if let op {
                    scratch.append(UInt32(truncatingIfNeeded: position))
                    scratch.append(UInt32.max - UInt32(op.rawValue))
                    advance()
                    try deepen(1)
                    continue
                }
                start = position
                value = try awaitPrimary()
            }
            if !skip(.doubleStar) { break }
            scratch.append(UInt32(truncatingIfNeeded: start))
            scratch.append(value.raw)
            try deepen(2)
        }
        level = entry
        while scratch.count > mark {
            let top = scratch.count - 2
            let place = span(Int(scratch[top]))
            let what = scratch[top + 1]
            scratch.truncate(to: top)
            if what > .max - 4, let op = UnaryOperator(rawValue: UInt8(truncatingIfNeeded: UInt32.max - what)) {
                value = add(.unaryOp(op: op, operand: value), place)
            } else {
                value = add(.binOp(left: ExprID(raw: what), op: .pow, right: value), place)
            }
        }
        return value
    }

    @inline(__always)
    private mutating func awaitPrimary() throws(ParseFailure) -> ExprID {
        if kind != .await { return try primary() }
        return try awaited()
    }

    @inline(never)
    private mutating func awaited() throws(ParseFailure) -> ExprID {
        let start = position
        advance()
        let value = try primary()
        try require(5, "Await expressions are")
        return add(.await(value: value), span(start))
    }

    // MARK: Primaries

    /// `primary`: an atom and what follows it.
    mutating func primary() throws(ParseFailure) -> ExprID {
        let start = position
        var value = try atom()
        while true {
            switch kind {
            case .dot:
                advance()
                let name = try identifier()
                value = add(.attribute(value: value, attr: name, ctx: .load), span(start))
            case .lpar:
                let (args, keywords) = try arguments(allowGenerator: true)
                value = add(.call(func: value, args: args, keywords: keywords), span(start))
            case .lsqb:
                advance()
                try deepen(24)
                let slice = try slices()
                try expect(.rsqb)
                level &-= 24
                value = add(.subscript(value: value, slice: slice, ctx: .load), span(start))
            default: return value
            }
        }
    }

    /// `'(' [arguments] ')'` of a call or class.
    mutating func arguments(allowGenerator: Bool) throws(ParseFailure) -> (NodeList<ExprID>, NodeList<KeywordID>) {
        let open = position
        advance()
        if skip(.rpar) { return (.empty, .empty) }
        try deepen(24)
        let mark = scratch.count
        let keywordMark = keywordScratch.count
        var sawKeyword = false
        var sawDouble = false
        repeat {
            if kind == .rpar { break }
            let start = position
            switch kind {
            case .star:
                if sawDouble { throw ParseFailure() }
                advance()
                let value = try expression()
                push(add(.starred(value: value, ctx: .load), span(start)))
            case .doubleStar:
                advance()
                let value = try expression()
                keywordScratch.append(tree.keywords.append(Keyword(span: span(start), arg: nil, value: value)))
                sawDouble = true
                sawKeyword = true
            case .name where nextKind == .equal && keyword == 0:
                let name = NameID(raw: tokens[position].name)
                position &+= 2
                let value = try expression()
                keywordScratch.append(tree.keywords.append(Keyword(span: span(start), arg: name, value: value)))
                sawKeyword = true
            default:
                if sawKeyword { throw ParseFailure() }
                let value = try namedExpression()
                if at(.for) || kind == .async {
                    guard allowGenerator, start == open + 1 else { throw ParseFailure() }
                    let generators = try comprehensions()
                    try expect(.rpar)
                    push(add(.generatorExp(elt: value, generators: generators), span(open)))
                    level &-= 24
                    return (list(from: mark), .empty)
                }
                push(value)
            }
        } while skip(.comma)
        try expect(.rpar)
        level &-= 24
        return (list(from: mark), take(keywordScratch, from: keywordMark))
    }

    /// `slices`: one, or a tuple of them.
    private mutating func slices() throws(ParseFailure) -> ExprID {
        let start = position
        let first = try slice()
        if kind != .comma { return first }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if kind == .rsqb { break }
            push(try slice())
        }
        return add(.tuple(elts: list(from: mark), ctx: .load), span(start))
    }

    private mutating func slice() throws(ParseFailure) -> ExprID {
        let start = position
        var lower: ExprID?
        if kind != .colon {
            let value = try namedExpression()
            if kind != .colon { return value }
            // `x[a := 1:2]` is no slice.
            if case .namedExpr = expr(value), tokens[start].kind != .lpar { throw ParseFailure() }
            lower = value
        }
        advance()
        var upper: ExprID?
        var step: ExprID?
        if kind != .colon, kind != .comma, kind != .rsqb { upper = try expression() }
        if skip(.colon), kind != .comma, kind != .rsqb { step = try expression() }
        return add(.slice(lower: lower, upper: upper, step: step), span(start))
    }
}
