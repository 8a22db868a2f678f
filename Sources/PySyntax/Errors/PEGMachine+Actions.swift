// What the error pass does where the notation is not enough: decisions about mistakes, and making the errors.
// CPython: Parser/pegen.c, Parser/action_helpers.c (behaviour). Rules: What's New In Python 3.10.
import PyUnicode

extension PEGMachine {
    /// Runs a decision. Nil: the rule fails, no alternative after it is tried.
    mutating func decide(
        _ action: MistakeAction, _ values: [MistakeValue], from start: Int
    ) throws(SourceError) -> MistakeValue? {
        let first = values.first ?? .none
        let last = values.last ?? .none
        switch action {
        case .assignmentTarget: try refuseTarget(first, .assignment)
        case .deleteTarget: try refuseTarget(first, .deletion)
        case .loopTarget: try refuseTarget(first, .loop)
        case .missingComma:
            // Outside brackets a forgotten operator is as likely as a forgotten comma.
            if isLegacyStatement(first) || levels[max(0, min(position, tokens.count) - 1)] == 0 { return nil }
            throw error("invalid syntax. Perhaps you forgot a comma?", .range, values)
        case .legacyStatement:
            guard isLegacyStatement(first) else { return nil }
            let name = text(first)
            throw error("Missing parentheses in call to '\(name)'. Did you mean \(name)(...)?", .range, values)
        case .bareGenerator:
            throw error("Generator expression must be parenthesized", .range, [first, lastClauseItem(last)])
        case .bareGeneratorInCall:
            let arguments = childrenOf(first).filter { kind(of: $0) != .keyword && kind(of: $0) != .keywordUnpacking }
            guard arguments.count > 1, let argument = arguments.last else { return nil }
            throw error("Generator expression must be parenthesized", .range, [argument, lastClauseItem(last)])
        case .bareTargets:
            let target = childrenOf(last).last ?? last
            throw error("did you forget parentheses around the comprehension target?", .range, [first, target])
        case .argumentOrder:
            let unpacks = childrenOf(first).contains { kind(of: $0) == .keywordUnpacking }
            throw error(
                unpacks
                    ? "positional argument follows keyword argument unpacking"
                    : "positional argument follows keyword argument")
        case .missingColon:
            let startToken = tokens[firstToken(of: first)]
            let endToken = tokens[lastToken(of: first)]
            throw error(
                "':' expected after dictionary key", kind: .syntaxError, line: Int(startToken.span.line),
                offset: Int(endToken.span.endColumn), endLine: Int(endToken.span.endLine), endOffset: 0)
        case .notEqual:
            guard let token = first.tokenIndex else { return nil }
            let isLessGreater = tokens.text(token) == [0x3C, 0x3E]
            if options.barryAsBDFL {
                if isLessGreater { return first }
                throw error("with Barry as BDFL, use '<>' instead of '!='")
            }
            return isLessGreater ? nil : first
        case .strings:
            try literals.strings(at: start)
            let hasFormat = childrenOf(first).contains { child in
                child.tokenIndex.map { tokens.hasFormatPrefix($0) } ?? false
            }
            return addNode(hasFormat ? .joinedStr : .literal, from: start, firstChild: children.count)
        case .number:
            try literals.number(at: start)
            return addNode(.literal, from: start, firstChild: children.count)
        case .realNumber:
            if isImaginary(first) { throw error("real number required in complex literal", .at, values) }
            return first
        case .imaginaryNumber:
            if !isImaginary(first) { throw error("imaginary number required in complex literal", .at, values) }
            return first
        }
        return nil
    }

    private func text(_ value: MistakeValue) -> String {
        String(decoding: tokens.text(firstToken(of: value)), as: UTF8.self)
    }

    private func isImaginary(_ value: MistakeValue) -> Bool {
        guard let byte = tokens.text(firstToken(of: value)).last else { return false }
        return byte | 0x20 == 0x6A
    }

    /// `print` and `exec` used to be statements.
    private func isLegacyStatement(_ value: MistakeValue) -> Bool {
        guard kind(of: value) == .name else { return false }
        let name = text(value)
        return name == "print" || name == "exec"
    }

    /// The last expression of the last `for` clause.
    private func lastClauseItem(_ clauses: MistakeValue) -> MistakeValue {
        let clause = childrenOf(clauses).last ?? clauses
        return childrenOf(clause).last ?? clause
    }

    // MARK: Targets

    private enum TargetUse { case assignment, deletion, loop }

    private func refuseTarget(_ value: MistakeValue, _ use: TargetUse) throws(SourceError) {
        guard let wrong = wrongTarget(value, use) else { return }
        let verb = use == .deletion ? "delete" : "assign to"
        throw error("cannot \(verb) \(kind(of: wrong).description)", .at, [wrong])
    }

    /// The first part of `value` that cannot be a target.
    private func wrongTarget(_ value: MistakeValue, _ use: TargetUse) -> MistakeValue? {
        var pending = [value]
        while let next = pending.popLast() {
            switch kind(of: next) {
            case .listDisplay, .tuple: pending.append(contentsOf: childrenOf(next).reversed())
            case .starred:
                if use == .deletion { return next }
                pending.append(contentsOf: childrenOf(next))
            case .compare:
                // `for x in y` was read as the comparison `x in y`.
                guard use == .loop else { return next }
                let parts = Array(childrenOf(next))
                if parts.count > 1, kind(of: parts[1]) == .in { pending.append(parts[0]) }
            case .name, .subscript, .attribute: continue
            case .other, .list, .literal, .true, .false, .none, .ellipsis, .call, .expression, .in, .generatorExp,
                .listComp, .setComp, .dictComp, .dict, .set, .joinedStr, .await, .yield, .lambda, .ifExp, .namedExpr,
                .arguments, .keyword, .keywordUnpacking, .clause:
                return next
            }
        }
        return nil
    }

    // MARK: Errors

    /// Fills in `{a}`, `{a.line}`, `{a.text}`.
    func expand(_ message: String, _ names: [String: Int], _ value: (Int) -> MistakeValue) -> String {
        guard message.contains("{") else { return message }
        var result = ""
        var rest = Substring(message)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: ".")
            if let name = parts.first, let slot = names[String(name)] {
                let value = value(slot)
                switch parts.dropFirst().first {
                case "line": result += String(tokens.shiftedLine(tokens[firstToken(of: value)].span.line))
                case "text": result += text(value)
                default: result += kind(of: value).description
                }
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    func error(_ message: String, _ place: MistakePlace = .here, _ values: [MistakeValue] = []) -> SourceError {
        let first = values.first ?? .none
        let last = values.last ?? .none
        switch place {
        case .here: return tokens.error(message, kind: .syntaxError, atToken: fill - 1, state: fill - 1)
        case .block: return tokens.error(message, kind: .indentationError, atToken: fill - 1, state: fill - 1)
        case .at, .range:
            let start = tokens[firstToken(of: first)].span
            let end = tokens[lastToken(of: last)].span
            return error(
                message, kind: .syntaxError, line: Int(start.line), offset: Int(start.column) + 1, endLine: Int(end.endLine),
                endOffset: Int(end.endColumn) + 1)
        case .from:
            let start = tokens[firstToken(of: first)].span
            let cursor = tokens.cursor(afterReading: fill - 1)
            return error(
                message, kind: .syntaxError, line: Int(start.line), offset: Int(start.column) + 1, endLine: cursor.line,
                endOffset: cursor.column)
        }
    }

    func error(
        _ message: String, kind: SourceErrorKind, line: Int, offset: Int, endLine: Int, endOffset: Int
    ) -> SourceError {
        tokens.error(
            message, kind: kind, line: line, offset: offset, endLine: endLine, endOffset: endOffset, state: fill - 1)
    }

    func forcedError(_ item: GrammarItem, at index: Int) -> SourceError {
        // The only forced token of 3.10's grammar is the colon.
        let span = tokens[index].span
        return error(
            "expected ':'", kind: .syntaxError, line: Int(span.line), offset: Int(span.column) + 1,
            endLine: Int(span.endLine), endOffset: Int(span.endColumn) + 1)
    }
}
