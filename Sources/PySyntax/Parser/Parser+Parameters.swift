// Parameters of functions and lambdas.
// CPython: Grammar/python.gram "params", "lambda_params". Rules: Language Reference 8.7; PEP 570; PEP 3102.
import PyUnicode

extension Parser {
    /// `'(' [params] ')'` of a function.
    mutating func functionParameters() throws(ParseFailure) -> ArgumentsID {
        try expect(.lpar)
        let result = try parameters(end: .rpar, annotated: true)
        try expect(.rpar)
        return result
    }

    /// `[lambda_params]`, up to the colon.
    mutating func lambdaParameters() throws(ParseFailure) -> ArgumentsID {
        try parameters(end: .colon, annotated: false)
    }

    /// The marks of the lists under construction: names, defaults and keyword defaults share the scratch stack in
    /// that order as three runs that are counted, not marked, because they grow interleaved.
    private mutating func parameters(end: TokenKind, annotated: Bool) throws(ParseFailure) -> ArgumentsID {
        var result = Arguments(
            posonlyargs: .empty, args: .empty, vararg: nil, kwonlyargs: .empty, kwDefaults: .empty, kwarg: nil,
            defaults: .empty)
        if kind == end { return ArgumentsID(raw: tree.arguments.append(result)) }
        let mark = scratch.count
        let defaultMark = keywordScratch.count
        var sawSlash = false
        var sawDefault = false
        var more = true

        // Positional parameters, with at most one slash behind at least one of them.
        while more, kind != end, kind != .star, kind != .doubleStar {
            if kind == .slash {
                if sawSlash || scratch.count == mark { throw ParseFailure() }
                sawSlash = true
                let last = position
                advance()
                more = try separator(end)
                result.posonlyargs = list(from: mark)
                if options.featureVersion < 8 {
                    _ = last
                    try require(8, "Positional-only parameters are")
                }
                continue
            }
            let (arg, value) = try parameter(annotated)
            if let value {
                sawDefault = true
                keywordScratch.append(value.raw)
            } else if sawDefault {
                throw ParseFailure()
            }
            more = try parameterEnd(end, arg, annotated)
            push(arg)
        }
        result.args = list(from: mark)
        result.defaults = take(keywordScratch, from: defaultMark)

        if more, kind == .star {
            advance()
            if kind == .comma {
                advance()
                // A bare star must be followed by a name; a type comment there is an error too.
                if !atName { throw ParseFailure() }
            } else {
                let (arg, value) = try parameter(annotated)
                if value != nil { throw ParseFailure() }
                more = try parameterEnd(end, arg, annotated)
                result.vararg = arg
            }
            while more, kind != end, kind != .doubleStar {
                let (arg, value) = try parameter(annotated)
                more = try parameterEnd(end, arg, annotated)
                push(arg)
                keywordScratch.append((value ?? .missing).raw)
            }
            result.kwonlyargs = list(from: mark)
            result.kwDefaults = take(keywordScratch, from: defaultMark)
        }
        if more, kind == .doubleStar {
            advance()
            let (arg, value) = try parameter(annotated)
            if value != nil { throw ParseFailure() }
            _ = try parameterEnd(end, arg, annotated)
            result.kwarg = arg
        }
        if kind != end { throw ParseFailure() }
        return ArgumentsID(raw: tree.arguments.append(result))
    }

    /// A name with its annotation and default.
    private mutating func parameter(_ annotated: Bool) throws(ParseFailure) -> (ArgID, ExprID?) {
        let start = position
        let name = try identifier()
        var annotation: ExprID?
        if annotated, skip(.colon) { annotation = try expression() }
        let arg = Arg(span: span(start), arg: name, annotation: annotation, typeComment: nil)
        let id = ArgID(raw: tree.args.append(arg))
        var value: ExprID?
        if skip(.equal) {
            try deepen(8)
            value = try expression()
            level &-= 8
        }
        return (id, value)
    }

    /// The comma behind a parameter and its type comment. False if nothing more can follow.
    private mutating func parameterEnd(_ end: TokenKind, _ arg: ArgID, _ annotated: Bool) throws(ParseFailure) -> Bool {
        let more = try separator(end)
        if annotated, kind == .typeComment, more || nextKind == end {
            let comment = try typeComment()
            tree.args.update(arg.raw) { $0.typeComment = comment }
        }
        return more
    }

    private mutating func separator(_ end: TokenKind) throws(ParseFailure) -> Bool {
        if skip(.comma) { return true }
        if kind == end || kind == .typeComment { return false }
        throw ParseFailure()
    }

    /// The text of a TYPE_COMMENT token.
    mutating func typeComment() throws(ParseFailure) -> LiteralID? {
        guard kind == .typeComment else { return nil }
        let text = stream.text(tokens[position])
        advance()
        return tree.add(.str(PyText(replacingBadUTF8: text)))
    }
}
