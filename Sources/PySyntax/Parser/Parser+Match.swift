// `match` statements and patterns. CPython: Grammar/python.gram "Match statement". Rules: PEP 634; Language Reference 8.6.
import PyUnicode

extension Parser {
    /// At the name `match`: whether a match statement starts here. A subject that could also be an operand or an
    /// argument (`match (x)`, `match [x]`, `match -x`, `match *x`) is decided by the colon at the line's end.
    var beginsMatch: Bool {
        let next = tokens[position + 1]
        switch next.kind {
        case .name:
            switch next.keyword {
            case 0, ReservedWord.None.rawValue, ReservedWord.True.rawValue, ReservedWord.False.rawValue,
                ReservedWord.lambda.rawValue:
                return true
            // `match not in x` is a comparison.
            case ReservedWord.not.rawValue: return tokens[position + 2].keyword != ReservedWord.in.rawValue
            default: return false
            }
        case .number, .string, .lbrace, .tilde, .ellipsis, .await: return true
        case .lpar, .lsqb, .minus, .plus, .star:
            var index = position + 2
            while true {
                switch tokens[index].kind {
                case .newline: return tokens[index - 1].kind == .colon
                case .endMarker, .errorToken: return false
                default: index += 1
                }
            }
        default: return false
        }
    }

    mutating func matchStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        let subjectStart = position
        let isStarred = kind == .star
        var subject = try starNamedExpression()
        if kind == .comma {
            let mark = scratch.count
            push(subject)
            while skip(.comma) {
                if kind == .colon { break }
                push(try starNamedExpression())
            }
            subject = add(.tuple(elts: list(from: mark), ctx: .load), span(subjectStart))
        } else if isStarred {
            throw ParseFailure()
        }
        try expect(.colon)
        try expect(.newline)
        try expect(.indent)
        let mark = scratch.count
        repeat { try caseBlock() } while kind != .dedent
        advance()
        try require(10, "Pattern matching is")
        let cases: NodeList<MatchCaseID> = list(from: mark)
        return add(.match(subject: subject, cases: cases), statementSpan(start))
    }

    private mutating func caseBlock() throws(ParseFailure) {
        guard atName, tokens[position].name == ReservedWord.case.name.raw else { throw ParseFailure() }
        advance()
        let pattern = try patterns()
        let guardExpr = skip(.if) ? try namedExpression() : nil
        try expect(.colon)
        let body = try block()
        let record = MatchCase(pattern: pattern, guardExpr: guardExpr, body: body)
        push(MatchCaseID(raw: tree.matchCases.append(record)))
    }

    private func add(_ kind: Pattern, _ span: Span) -> PatternID { tree.add(kind, span) }

    /// `patterns`: an open sequence or one pattern.
    private mutating func patterns() throws(ParseFailure) -> PatternID {
        let start = position
        let isStarred = kind == .star
        let first = try maybeStarPattern()
        if kind != .comma {
            if isStarred { throw ParseFailure() }
            return first
        }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if kind == .colon || at(.if) { break }
            push(try maybeStarPattern())
        }
        return add(.matchSequence(patterns: list(from: mark)), span(start))
    }

    private mutating func maybeStarPattern() throws(ParseFailure) -> PatternID {
        let start = position
        guard skip(.star) else { return try pattern() }
        let name = try identifier()
        return add(.matchStar(name: name == ReservedWord.underscore.name ? nil : name), span(start))
    }

    /// `pattern`: an or-pattern, perhaps captured.
    private mutating func pattern() throws(ParseFailure) -> PatternID {
        let start = position
        let first = try closedPattern()
        var result = first
        if kind == .vbar {
            let mark = scratch.count
            push(first)
            while skip(.vbar) { push(try closedPattern()) }
            result = add(.matchOr(patterns: list(from: mark)), span(start))
        }
        guard skip(.as) else { return result }
        let name = try captureTarget()
        return add(.matchAs(pattern: result, name: name), span(start))
    }

    /// A name that is bound: no `_`, and not the beginning of something longer.
    private mutating func captureTarget() throws(ParseFailure) -> NameID {
        let name = try identifier()
        if name == ReservedWord.underscore.name || kind == .dot || kind == .lpar || kind == .equal { throw ParseFailure() }
        return name
    }

    private mutating func closedPattern() throws(ParseFailure) -> PatternID {
        let start = position
        switch kind {
        case .number, .minus, .string:
            let value = try literalExpression()
            return add(.matchValue(value: value), span(start))
        case .lpar: return try bracketPattern()
        case .lsqb: return try listPattern()
        case .lbrace: return try mappingPattern()
        case .name:
            if keyword != 0 {
                guard let literal = singleton else { throw ParseFailure() }
                advance()
                return add(.matchSingleton(value: tree.add(literal)), span(start))
            }
            if tokens[position].name == ReservedWord.underscore.name.raw {
                advance()
                return add(.matchAs(pattern: nil, name: nil), span(start))
            }
            if nextKind != .dot, nextKind != .lpar, nextKind != .equal {
                let name = try identifier()
                return add(.matchAs(pattern: nil, name: name), span(start))
            }
            let value = try dottedExpression()
            if kind == .lpar { return try classPattern(start, value) }
            // A bare name before `=` is a keyword pattern that stands where it may not.
            if case .name = expr(value) { throw ParseFailure() }
            if kind == .equal { throw ParseFailure() }
            return add(.matchValue(value: value), span(start))
        default: throw ParseFailure()
        }
    }

    private var singleton: Literal? {
        switch keyword {
        case ReservedWord.None.rawValue: return Literal.none
        case ReservedWord.True.rawValue: return .bool(true)
        case ReservedWord.False.rawValue: return .bool(false)
        default: return nil
        }
    }

    /// `name_or_attr`.
    private mutating func dottedExpression() throws(ParseFailure) -> ExprID {
        let start = position
        let name = try identifier()
        var value = add(.name(id: name, ctx: .load), span(start))
        while skip(.dot) {
            let attr = try identifier()
            value = add(.attribute(value: value, attr: attr, ctx: .load), span(start))
        }
        return value
    }

    /// Strings, numbers with a sign, `1 + 2j`.
    private mutating func literalExpression() throws(ParseFailure) -> ExprID {
        if kind == .string { return try strings() }
        let start = position
        let left = try signedNumber()
        guard kind == .plus || kind == .minus else { return left }
        let op: Operator = kind == .plus ? .add : .sub
        if isImaginary(left) { throw ParseFailure() }
        advance()
        guard kind == .number else { throw ParseFailure() }
        let right = try number()
        if !isImaginary(right) || kind == .plus || kind == .minus { throw ParseFailure() }
        return add(.binOp(left: left, op: op, right: right), span(start))
    }

    private mutating func signedNumber() throws(ParseFailure) -> ExprID {
        let start = position
        let isNegative = skip(.minus)
        guard kind == .number else { throw ParseFailure() }
        let value = try number()
        return isNegative ? add(.unaryOp(op: .uSub, operand: value), span(start)) : value
    }

    private func isImaginary(_ id: ExprID) -> Bool {
        switch expr(id) {
        case .constant(let literal, _):
            if case .complex = tree[literal] { return true }
            return false
        case .unaryOp(_, let operand): return isImaginary(operand)
        default: return false
        }
    }

    /// `'(' ... ')'`: a group or a sequence.
    private mutating func bracketPattern() throws(ParseFailure) -> PatternID {
        let start = position
        advance()
        if skip(.rpar) { return add(.matchSequence(patterns: .empty), span(start)) }
        try deepen(12)
        let isStarred = kind == .star
        let first = try maybeStarPattern()
        if skip(.rpar) {
            if isStarred { throw ParseFailure() }
            level &-= 12
            return first
        }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if kind == .rpar { break }
            push(try maybeStarPattern())
        }
        try expect(.rpar)
        level &-= 12
        return add(.matchSequence(patterns: list(from: mark)), span(start))
    }

    private mutating func listPattern() throws(ParseFailure) -> PatternID {
        let start = position
        advance()
        try deepen(12)
        let mark = scratch.count
        while kind != .rsqb {
            push(try maybeStarPattern())
            if !skip(.comma) { break }
        }
        try expect(.rsqb)
        level &-= 12
        return add(.matchSequence(patterns: list(from: mark)), span(start))
    }

    private mutating func mappingPattern() throws(ParseFailure) -> PatternID {
        let start = position
        advance()
        try deepen(12)
        let mark = scratch.count
        let patternMark = keywordScratch.count
        var rest: NameID?
        while kind != .rbrace {
            if skip(.doubleStar) {
                rest = try captureTarget()
                _ = skip(.comma)
                break
            }
            push(try mappingKey())
            try expect(.colon)
            keywordScratch.append(try pattern().raw)
            if !skip(.comma) { break }
        }
        try expect(.rbrace)
        level &-= 12
        let keys: NodeList<ExprID> = list(from: mark)
        let patterns: NodeList<PatternID> = take(keywordScratch, from: patternMark)
        return add(.matchMapping(keys: keys, patterns: patterns, rest: rest), span(start))
    }

    private mutating func mappingKey() throws(ParseFailure) -> ExprID {
        let start = position
        if kind == .name {
            if let literal = singleton {
                advance()
                return add(.constant(value: tree.add(literal), isU: false), span(start))
            }
            let value = try dottedExpression()
            if case .name = expr(value) { throw ParseFailure() }
            return value
        }
        return try literalExpression()
    }

    /// At the parenthesis behind the class.
    private mutating func classPattern(_ start: Int, _ cls: ExprID) throws(ParseFailure) -> PatternID {
        advance()
        try deepen(12)
        let mark = scratch.count
        let keywordMark = keywordScratch.count
        var names: [NameID] = []
        while kind != .rpar {
            if atName, nextKind == .equal {
                names.append(try identifier())
                advance()
                keywordScratch.append(try pattern().raw)
            } else {
                if !names.isEmpty { throw ParseFailure() }
                push(try pattern())
            }
            if !skip(.comma) { break }
        }
        try expect(.rpar)
        level &-= 12
        let patterns: NodeList<PatternID> = list(from: mark)
        let keywordPatterns: NodeList<PatternID> = take(keywordScratch, from: keywordMark)
        return add(
            .matchClass(cls: cls, patterns: patterns, kwdAttrs: tree.list(names), kwdPatterns: keywordPatterns), span(start))
    }
}
