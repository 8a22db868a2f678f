// Compound statements except `match`. CPython: Grammar/python.gram "COMPOUND STATEMENTS". Rules: Language Reference 8.
import PyUnicode

extension Parser {
    /// A compound statement, or nil if none starts here.
    mutating func compound() throws(ParseFailure) -> StmtID? {
        switch kind {
        case .name:
            switch keyword {
            case 0:
                if tokens[position].name == ReservedWord.match.name.raw, beginsMatch { return try matchStatement() }
                return nil
            case ReservedWord.if.rawValue: return try ifStatement()
            case ReservedWord.def.rawValue: return try functionDef(position, decorators: .empty)
            case ReservedWord.for.rawValue: return try forStatement(position, isAsync: false)
            case ReservedWord.try.rawValue: return try tryStatement()
            case ReservedWord.with.rawValue: return try withStatement(position, isAsync: false)
            case ReservedWord.while.rawValue: return try whileStatement()
            case ReservedWord.class.rawValue: return try classDef(decorators: .empty)
            default: return nil
            }
        case .at: return try decorated()
        case .async: return try asyncStatement(decorators: nil)
        default: return nil
        }
    }

    private mutating func decorated() throws(ParseFailure) -> StmtID {
        let mark = scratch.count
        while skip(.at) {
            push(try namedExpression())
            try expect(.newline)
        }
        let decorators: NodeList<ExprID> = list(from: mark)
        if at(.def) { return try functionDef(position, decorators: decorators) }
        if at(.class) { return try classDef(decorators: decorators) }
        if kind == .async { return try asyncStatement(decorators: decorators) }
        throw ParseFailure()
    }

    private mutating func asyncStatement(decorators: NodeList<ExprID>?) throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        if at(.def) { return try functionDef(start, decorators: decorators ?? .empty) }
        if decorators != nil { throw ParseFailure() }
        if at(.for) { return try forStatement(start, isAsync: true) }
        if at(.with) { return try withStatement(start, isAsync: true) }
        throw ParseFailure()
    }

    /// At `def`; `start` is the token `async` if there is one.
    private mutating func functionDef(_ start: Int, decorators: NodeList<ExprID>) throws(ParseFailure) -> StmtID {
        let isAsync = start != position
        advance()
        let name = try identifier()
        let args = try functionParameters()
        let returns = skip(.rarrow) ? try expression() : nil
        try expect(.colon)
        let comment = try functionTypeComment()
        let body = try block()
        let id = FunctionDefID(
            raw: tree.functions.append(
                FunctionDef(
                    name: name, args: args, body: body, decoratorList: decorators, returns: returns,
                    typeComment: comment)))
        if isAsync { try require(5, "Async functions are", seen: position - 1) }
        return add(isAsync ? .asyncFunctionDef(id) : .functionDef(id), statementSpan(start))
    }

    /// A type comment on the line of the `def`, or alone on the next one.
    private mutating func functionTypeComment() throws(ParseFailure) -> LiteralID? {
        if kind == .newline, nextKind == .typeComment {
            // The comment's own NEWLINE, then the block's INDENT.
            let behind = tokens[position + 2].kind
            if behind == .newline, tokens[position + 3].kind == .indent {
                advance()
                return try typeComment()
            }
        }
        return try typeComment()
    }

    private mutating func classDef(decorators: NodeList<ExprID>) throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        let name = try identifier()
        var bases = NodeList<ExprID>.empty
        var keywords = NodeList<KeywordID>.empty
        if kind == .lpar { (bases, keywords) = try arguments(allowGenerator: false) }
        try expect(.colon)
        let body = try block()
        let record = ClassDef(name: name, bases: bases, keywords: keywords, body: body, decoratorList: decorators)
        return add(.classDef(ClassDefID(raw: tree.classes.append(record))), statementSpan(start))
    }

    /// `elif` nests to the right: the outer parts wait as triples on the scratch stack.
    private mutating func ifStatement() throws(ParseFailure) -> StmtID {
        let mark = scratch.count
        let entry = level
        var orelse = NodeList<StmtID>.empty
        // Of each clause four words: where it begins, its test, its body.
        while true {
            scratch.append(UInt32(truncatingIfNeeded: position))
            advance()
            scratch.append(try namedExpression().raw)
            try expect(.colon)
            let body = try block()
            scratch.append(body.start)
            scratch.append(body.count32)
            if at(.elif) {
                try deepen(1)
                continue
            }
            if skip(.else) {
                try expect(.colon)
                orelse = try block()
            }
            break
        }
        level = entry
        while true {
            let top = scratch.count - 4
            let start = Int(scratch[top])
            let test = ExprID(raw: scratch[top + 1])
            let body = NodeList<StmtID>(start: scratch[top + 2], count: scratch[top + 3])
            scratch.truncate(to: top)
            let id = add(.if(test: test, body: body, orelse: orelse), statementSpan(start))
            if scratch.count == mark { return id }
            orelse = list(of: id)
        }
    }

    private mutating func elseBlock() throws(ParseFailure) -> NodeList<StmtID> {
        guard skip(.else) else { return .empty }
        try expect(.colon)
        return try block()
    }

    private mutating func whileStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        let test = try namedExpression()
        try expect(.colon)
        let body = try block()
        let orelse = try elseBlock()
        return add(.while(test: test, body: body, orelse: orelse), statementSpan(start))
    }

    /// At `for`; `start` is the token `async` if there is one.
    private mutating func forStatement(_ start: Int, isAsync: Bool) throws(ParseFailure) -> StmtID {
        advance()
        let target = try starTargets()
        try expect(.in)
        let iter = try starExpressions()
        try expect(.colon)
        let comment = try typeComment()
        let body = try block()
        let orelse = try elseBlock()
        if isAsync { try require(5, "Async for loops are") }
        let place = statementSpan(start)
        return add(
            isAsync
                ? .asyncFor(target: target, iter: iter, body: body, orelse: orelse, typeComment: comment)
                : .for(target: target, iter: iter, body: body, orelse: orelse, typeComment: comment), place)
    }

    private mutating func tryStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        try expect(.colon)
        let body = try block()
        let mark = scratch.count
        while at(.except) {
            let from = position
            advance()
            var type: ExprID?
            var name: NameID?
            if kind != .colon {
                type = try expression()
                if skip(.as) { name = try identifier() }
            }
            try expect(.colon)
            let handlerBody = try block()
            let handler = Handler(span: statementSpan(from), type: type, name: name, body: handlerBody)
            push(HandlerID(raw: tree.handlers.append(handler)))
        }
        let handlers: NodeList<HandlerID> = list(from: mark)
        let orelse: NodeList<StmtID> = handlers.isEmpty ? .empty : try elseBlock()
        var final = NodeList<StmtID>.empty
        if skip(.finally) {
            try expect(.colon)
            final = try block()
        } else if handlers.isEmpty {
            throw ParseFailure()
        }
        return add(.try(body: body, handlers: handlers, orelse: orelse, finalbody: final), statementSpan(start))
    }

    // MARK: with

    /// At `with`; `start` is the token `async` if there is one.
    private mutating func withStatement(_ start: Int, isAsync: Bool) throws(ParseFailure) -> StmtID {
        advance()
        var comment: LiteralID?
        let items: NodeList<WithItemID>
        var isBracketed = false
        if kind == .lpar, let bracketed = try bracketedItems() {
            items = bracketed
            isBracketed = true
        } else {
            let mark = scratch.count
            repeat { try withItem() } while skip(.comma)
            try expect(.colon)
            comment = try typeComment()
            items = list(from: mark)
        }
        let body = try block()
        if isBracketed { try require(9, "Parenthesized context managers are", seen: position - 1) }
        if isAsync { try require(5, "Async with statements are", seen: position - 1) }
        let place = statementSpan(start)
        return add(
            isAsync
                ? .asyncWith(items: items, body: body, typeComment: comment)
                : .with(items: items, body: body, typeComment: comment), place)
    }

    /// The items of `with (a as b, c):`, colon included, or nil if the parenthesis only begins an expression. The one
    /// place where the parser reads ahead and may go back; what it built meanwhile stays in the arena unused.
    private mutating func bracketedItems() throws(ParseFailure) -> NodeList<WithItemID>? {
        guard closesBeforeColon else { return nil }
        let start = position
        let mark = scratch.count
        let keywordMark = keywordScratch.count
        let entry = level
        do throws(ParseFailure) {
            advance()
            repeat {
                if kind == .rpar, scratch.count > mark { break }
                try withItem()
            } while skip(.comma)
            try expect(.rpar)
            try expect(.colon)
            // Only the form without the outer parentheses may have a type comment.
            if kind == .typeComment { throw ParseFailure() }
        } catch {
            if self.error != nil { throw error }
            position = start
            scratch.truncate(to: mark)
            keywordScratch.truncate(to: keywordMark)
            level = entry
            return nil
        }
        return list(from: mark)
    }

    /// Whether the bracket at the current token closes right before a colon.
    private var closesBeforeColon: Bool {
        var depth = 0
        var index = position
        while true {
            switch tokens[index].kind {
            case .lpar, .lsqb, .lbrace: depth += 1
            case .rpar, .rsqb, .rbrace:
                depth -= 1
                if depth == 0 { return tokens[index + 1].kind == .colon }
            case .endMarker, .errorToken, .newline: return false
            default: break
            }
            index += 1
        }
    }

    /// `with_item`; pushes it.
    private mutating func withItem() throws(ParseFailure) {
        let context = try expression()
        var target: ExprID?
        if skip(.as) {
            target = try starTarget()
            if kind != .comma, kind != .rpar, kind != .colon { throw ParseFailure() }
        }
        let item = WithItem(contextExpr: context, optionalVars: target)
        push(WithItemID(raw: tree.withItems.append(item)))
    }
}
