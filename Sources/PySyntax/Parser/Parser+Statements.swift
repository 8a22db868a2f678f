// Modules, blocks and simple statements.
// CPython: Grammar/python.gram "STARTING RULES", "GENERAL STATEMENTS", "SIMPLE STATEMENTS". Rules: Language Reference 7.
import PyUnicode

extension Parser {
    // MARK: Modules

    mutating func module() throws(ParseFailure) -> Module {
        switch options.mode {
        case .exec:
            let mark = scratch.count
            while kind != .endMarker { try statement() }
            return .module(body: list(from: mark), typeIgnores: stream.typeIgnores)
        case .eval:
            let body = try expressions()
            while skip(.newline) {}
            if kind != .endMarker { throw ParseFailure() }
            return .expression(body: body)
        case .single: return try interactive()
        case .funcType: return try functionType()
        }
    }

    /// `statement_newline`.
    private mutating func interactive() throws(ParseFailure) -> Module {
        let mark = scratch.count
        if kind == .newline {
            advance()
            let before = tokens[position - 1].span
            push(add(.pass, before))
        } else if isCompound {
            try statement()
            try expect(.newline)
        } else {
            try simpleStatements()
        }
        if !endsSingle() {
            throw fail("multiple statements found while compiling a single statement", at: position - 1)
        }
        return .interactive(body: list(from: mark))
    }

    /// Whether nothing but blank lines and comments follow the token just read.
    private func endsSingle() -> Bool {
        var at = Int(tokens[position - 1].end)
        if base[at] == 35 { while base[at] != 10, at < stream.source.count { at += 1 } }
        while at < stream.source.count {
            switch base[at] {
            case 32, 9, 10, 12: at += 1
            case 35: while at < stream.source.count, base[at] != 10 { at += 1 }
            default: return false
            }
        }
        return true
    }

    /// `func_type`: `(int, *str, **Any) -> float`, PEP 484.
    private mutating func functionType() throws(ParseFailure) -> Module {
        try expect(.lpar)
        let mark = scratch.count
        var stars = 0
        while kind != .rpar {
            if skip(.star) {
                if stars > 0 { throw ParseFailure() }
                stars = 1
            } else if skip(.doubleStar) {
                if stars > 1 { throw ParseFailure() }
                stars = 2
            } else if stars > 0 {
                throw ParseFailure()
            }
            push(try expression())
            if kind == .rpar { break }
            try expect(.comma)
            if kind == .rpar { throw ParseFailure() }
        }
        try expect(.rpar)
        try expect(.rarrow)
        let returns = try expression()
        while skip(.newline) {}
        if kind != .endMarker { throw ParseFailure() }
        return .functionType(argtypes: list(from: mark), returns: returns)
    }

    // MARK: Blocks

    /// `block`: indented, or simple statements on the same line.
    mutating func block() throws(ParseFailure) -> NodeList<StmtID> {
        let mark = scratch.count
        if skip(.newline) {
            try expect(.indent)
            try deepen(6)
            repeat { try statement() } while kind != .dedent && kind != .endMarker
            try expect(.dedent)
            level &-= 6
        } else {
            try simpleStatements()
        }
        return list(from: mark)
    }

    /// One statement line; pushes its statements.
    mutating func statement() throws(ParseFailure) {
        if let id = try compound() { push(id) } else { try simpleStatements() }
    }

    private var isCompound: Bool {
        switch kind {
        case .at, .async: return true
        case .name:
            switch keyword {
            case ReservedWord.def.rawValue, ReservedWord.class.rawValue, ReservedWord.if.rawValue,
                ReservedWord.for.rawValue, ReservedWord.while.rawValue, ReservedWord.try.rawValue,
                ReservedWord.with.rawValue:
                return true
            case 0: return tokens[position].name == ReservedWord.match.name.raw && beginsMatch
            default: return false
            }
        default: return false
        }
    }

    /// `simple_stmts`.
    mutating func simpleStatements() throws(ParseFailure) {
        while true {
            push(try simpleStatement())
            if skip(.semi) {
                if skip(.newline) { return }
                continue
            }
            try expect(.newline)
            return
        }
    }

    private mutating func simpleStatement() throws(ParseFailure) -> StmtID {
        let start = position
        guard kind == .name, keyword != 0 else { return try expressionStatement() }
        switch ReservedWord(rawValue: keyword) {
        case .return:
            advance()
            let value = atStatementEnd ? nil : try starExpressions()
            return add(.return(value: value), statementSpan(start))
        case .import: return try importStatement()
        case .from: return try importFromStatement()
        case .raise: return try raiseStatement()
        case .pass: return word(.pass)
        case .break: return word(.break)
        case .continue: return word(.continue)
        case .del: return try deleteStatement()
        case .assert:
            advance()
            let test = try expression()
            let message = skip(.comma) ? try expression() : nil
            return add(.assert(test: test, msg: message), statementSpan(start))
        case .global: return try declaration { .global(names: $0) }
        case .nonlocal: return try declaration { .nonlocal(names: $0) }
        default: return try expressionStatement()
        }
    }

    var atStatementEnd: Bool { kind == .newline || kind == .semi }

    private mutating func word(_ kind: Stmt) -> StmtID {
        advance()
        return add(kind, tokens[position - 1].span)
    }

    private mutating func declaration(_ make: (NodeList<NameID>) -> Stmt) throws(ParseFailure) -> StmtID {
        let start = position
        let mark = scratch.count
        repeat {
            advance()
            push(try identifier())
        } while kind == .comma
        return add(make(list(from: mark)), statementSpan(start))
    }

    private mutating func raiseStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        var exc: ExprID?
        var cause: ExprID?
        if !atStatementEnd {
            exc = try expression()
            if skip(.from) { cause = try expression() }
        }
        return add(.raise(exc: exc, cause: cause), statementSpan(start))
    }

    private mutating func deleteStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        let mark = scratch.count
        repeat {
            if atStatementEnd, scratch.count > mark { break }
            push(try target(.del))
        } while skip(.comma)
        if !atStatementEnd { throw ParseFailure() }
        return add(.delete(targets: list(from: mark)), statementSpan(start))
    }

    // MARK: Imports

    private mutating func importStatement() throws(ParseFailure) -> StmtID {
        let start = position
        let mark = scratch.count
        repeat {
            advance()
            let from = position
            let name = try dottedName()
            let asName = skip(.as) ? try identifier() : nil
            push(AliasID(raw: tree.aliases.append(Alias(span: span(from), name: name, asname: asName))))
        } while kind == .comma
        return add(.import(names: list(from: mark)), statementSpan(start))
    }

    private mutating func dottedName() throws(ParseFailure) -> NameID {
        let first = try identifier()
        if kind != .dot { return first }
        var text = tree.names[first].utf8
        while skip(.dot) {
            text.append(46)
            text.append(contentsOf: tree.names[try identifier()].utf8)
        }
        return tree.names.intern(PyText(utf8: text))
    }

    private mutating func importFromStatement() throws(ParseFailure) -> StmtID {
        let start = position
        advance()
        var level: Int32 = 0
        while kind == .dot || kind == .ellipsis {
            level += kind == .dot ? 1 : 3
            advance()
        }
        let module: NameID? = level > 0 && at(.import) ? nil : try dottedName()
        try expect(.import)
        let mark = scratch.count
        let isBracketed = skip(.lpar)
        if !isBracketed, kind == .star {
            let place = tokens[position].span
            advance()
            let star = tree.names.intern("*")
            push(AliasID(raw: tree.aliases.append(Alias(span: place, name: star, asname: nil))))
        } else {
            while true {
                let from = position
                let name = try identifier()
                let asName = skip(.as) ? try identifier() : nil
                push(AliasID(raw: tree.aliases.append(Alias(span: span(from), name: name, asname: asName))))
                if !skip(.comma) { break }
                if isBracketed, kind == .rpar { break }
            }
        }
        if isBracketed { try expect(.rpar) }
        let names: NodeList<AliasID> = list(from: mark)
        return add(.importFrom(module: module, names: names, level: level), statementSpan(start))
    }

    // MARK: Expressions and assignments

    /// An expression, and whatever makes it a target: `=`, an augmented operator or an annotation.
    private mutating func expressionStatement() throws(ParseFailure) -> StmtID {
        let start = position
        let first = try yieldOrStarExpressions()
        switch kind {
        case .newline, .semi: return add(.expr(value: first), span(start))
        case .equal: return try assignment(start, first)
        case .colon: return try annotatedAssignment(start, first)
        default:
            guard let op = augmentedOperator(kind) else { return add(.expr(value: first), span(start)) }
            if op == .matMult { try require(5, "The '@' operator is") }
            advance()
            switch expr(first) {
            case .name, .attribute, .subscript: break
            default: throw ParseFailure()
            }
            try makeTarget(first, .store)
            let value = try yieldOrStarExpressions()
            return add(.augAssign(target: first, op: op, value: value), span(start))
        }
    }

    private mutating func assignment(_ start: Int, _ first: ExprID) throws(ParseFailure) -> StmtID {
        let mark = scratch.count
        var value = first
        while skip(.equal) {
            try makeTarget(value, .store)
            push(value)
            value = try yieldOrStarExpressions()
        }
        let comment = try typeComment()
        return add(.assign(targets: list(from: mark), value: value, typeComment: comment), span(start))
    }

    private mutating func annotatedAssignment(_ start: Int, _ target: ExprID) throws(ParseFailure) -> StmtID {
        var simple = false
        switch expr(target) {
        case .name: simple = tokens[start].kind != .lpar
        case .attribute, .subscript: break
        default: throw ParseFailure()
        }
        if tokens[start].kind == .lpar, startsWithTarget(target, at: tokens[start].span) { throw ParseFailure() }
        try makeTarget(target, .store)
        advance()
        let annotation = try expression()
        let value = skip(.equal) ? try yieldOrStarExpressions() : nil
        try require(6, simple ? "Variable annotation syntax is" : "Variable annotations syntax is")
        return add(.annAssign(target: target, annotation: annotation, value: value, simple: simple), span(start))
    }

    /// `(a).b: c` is refused: the grammar takes the parenthesised target first and then wants the colon.
    private func startsWithTarget(_ target: ExprID, at place: Span) -> Bool {
        var part = target
        while true {
            let span = tree.span(part)
            let isInner = span.line != place.line || span.column != place.column
            switch expr(part) {
            case .attribute(let value, _, _), .subscript(let value, _, _):
                if isInner { return part != target }
                part = value
            case .call(let function, _, _):
                if isInner { return false }
                part = function
            case .name: return isInner && part != target
            default: return false
            }
        }
    }

    private func augmentedOperator(_ kind: TokenKind) -> Operator? {
        switch kind {
        case .plusEqual: return .add
        case .minEqual: return .sub
        case .starEqual: return .mult
        case .atEqual: return .matMult
        case .slashEqual: return .div
        case .percentEqual: return .mod
        case .amperEqual: return .bitAnd
        case .vbarEqual: return .bitOr
        case .circumflexEqual: return .bitXor
        case .leftShiftEqual: return .lShift
        case .rightShiftEqual: return .rShift
        case .doubleStarEqual: return .pow
        case .doubleSlashEqual: return .floorDiv
        default: return nil
        }
    }
}
