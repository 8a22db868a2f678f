// Reads the grammar text of ErrorGrammar.swift into tables. The text is ours, so a mistake in it is a bug and traps
// (a unit test reads the whole of it).

struct GrammarReader {
    private enum Symbol: Equatable {
        case word(String), quoted(String), soft(String), mark(Character), newline
        case loud(String)
    }

    private var symbols: [Symbol] = []
    private var position = 0
    private var grammar = Tables()
    private var definedNames: Set<String> = []

    /// The tables under construction.
    private struct Tables {
        var rules: [GrammarRule] = []
        var alternatives: [GrammarAlternative] = []
        var items: [GrammarItem] = []
        var actions: [GrammarAction] = []
        var softTexts: [[UInt8]] = []
        var ruleNumbers: [String: Int32] = [:]
    }

    mutating func read(_ text: StaticString) {
        symbols = Self.scan(text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) })
        position = 0
        while position < symbols.count {
            if symbols[position] == .newline { position += 1 } else { readRule() }
        }
    }

    func finish(into empty: ErrorGrammar) -> ErrorGrammar {
        for name in grammar.ruleNumbers.keys { precondition(definedNames.contains(name), "rule \(name) is missing") }
        var result = empty
        result.rules = grammar.rules
        result.alternatives = grammar.alternatives
        result.items = grammar.items
        result.actions = grammar.actions
        result.softTexts = grammar.softTexts
        result.ruleNumbers = grammar.ruleNumbers
        return result
    }

    // MARK: Scanning

    private static func scan(_ text: String) -> [Symbol] {
        var symbols: [Symbol] = []
        let characters = Array(text)
        var i = 0
        while i < characters.count {
            let c = characters[i]
            switch c {
            case " ": i += 1
            case "\n":
                symbols.append(.newline)
                i += 1
            case "'", "\"":
                var content = ""
                i += 1
                while characters[i] != c {
                    if characters[i] == "\\" { i += 1 }
                    content.append(characters[i])
                    i += 1
                }
                i += 1
                symbols.append(c == "'" ? .quoted(content) : .soft(content))
            case "&" where characters[i + 1] == "&":
                symbols.append(.mark("F"))
                i += 2
            case "=" where characters[i + 1] == ">":
                symbols.append(.mark(">"))
                i += 2
            case _ where c.isLetter || c == "_" || c.isNumber:
                var word = ""
                while i < characters.count, characters[i].isLetter || characters[i].isNumber || characters[i] == "_" {
                    word.append(characters[i])
                    i += 1
                }
                symbols.append(.word(word))
            default:
                symbols.append(.mark(c))
                i += 1
            }
        }
        return symbols
    }

    private func peek(_ ahead: Int = 0) -> Symbol? {
        position + ahead < symbols.count ? symbols[position + ahead] : nil
    }

    private mutating func accept(_ symbol: Symbol) -> Bool {
        if peek() == symbol {
            position += 1
            return true
        }
        return false
    }

    private mutating func word() -> String {
        guard case .word(let text)? = peek() else { preconditionFailure("word expected at symbol \(position)") }
        position += 1
        return text
    }

    private mutating func number(of rule: String) -> Int32 {
        if let known = grammar.ruleNumbers[rule] { return known }
        let number = Int32(grammar.rules.count)
        grammar.rules.append(GrammarRule())
        grammar.ruleNumbers[rule] = number
        return number
    }

    // MARK: Rules

    private mutating func readRule() {
        let name = word()
        let number = number(of: name)
        definedNames.insert(name)
        var rule = grammar.rules[Int(number)]
        if accept(.mark("[")) {
            switch word() {
            case "memo": rule.isShared = true
            case "left": rule.isLeftRecursive = true
            case "strict": rule.isStrict = true
            case "fresh": rule.isFresh = true
            default: preconditionFailure("flag of \(name)")
            }
            precondition(accept(.mark("]")))
        }
        precondition(accept(.mark(":")), "':' after \(name)")
        while accept(.newline) {}
        _ = accept(.mark("|"))
        let alternatives = readAlternatives(endingAtNewline: true)
        rule.firstAlternative = Int32(grammar.alternatives.count)
        rule.alternativeCount = Int32(alternatives.count)
        grammar.alternatives.append(contentsOf: alternatives)
        grammar.rules[Int(number)] = rule
    }

    /// Alternatives up to `)`, or to the end of the rule: a line that does not go on with `|`.
    private mutating func readAlternatives(endingAtNewline: Bool) -> [GrammarAlternative] {
        var alternatives = [readAlternative()]
        while true {
            if endingAtNewline, peek() == .newline {
                var ahead = 0
                while peek(ahead) == .newline { ahead += 1 }
                guard peek(ahead) == .mark("|") else { break }
                position += ahead
            }
            guard accept(.mark("|")) else { break }
            alternatives.append(readAlternative())
        }
        return alternatives
    }

    private mutating func readAlternative() -> GrammarAlternative {
        var items: [GrammarItem] = []
        var names: [String: Int] = [:]
        var isMistake = false
        scanning: while let symbol = peek() {
            switch symbol {
            case .newline, .mark("|"), .mark(")"), .mark(">"): break scanning
            default: break
            }
            if case .word(let name)? = peek(), peek(1) == .mark("=") {
                position += 2
                names[name] = items.count
            }
            if case .word(let name)? = peek() { isMistake = name.hasPrefix("invalid_") }
            items.append(readItem())
        }
        let action = accept(.mark(">")) ? readAction(names) : GrammarAction()
        grammar.actions.append(action)
        let first = Int32(grammar.items.count)
        grammar.items.append(contentsOf: items)
        return GrammarAlternative(
            firstItem: first, itemCount: Int32(items.count), action: Int32(grammar.actions.count - 1),
            isMistake: isMistake && items.count == 1)
    }

    // MARK: Items

    private mutating func readItem() -> GrammarItem {
        if accept(.mark("~")) { return GrammarItem(operation: .cut) }
        if accept(.mark("F")) { return with(.forced, readAtom()) }
        if accept(.mark("&")) { return with(.and, readAtom()) }
        if accept(.mark("!")) { return with(.not, readAtom()) }
        let atom = readAtom()
        if accept(.mark(".")) {
            let element = readAtom()
            precondition(accept(.mark("+")))
            return gather(separator: atom, element: element)
        }
        if accept(.mark("?")) { return with(.optional, atom) }
        if accept(.mark("*")) { return anonymous([atom], shape: .loop0) }
        if accept(.mark("+")) { return anonymous([atom], shape: .loop1) }
        return atom
    }

    private func with(_ mode: GrammarItem.Mode, _ item: GrammarItem) -> GrammarItem {
        var item = item
        item.mode = mode
        return item
    }

    private mutating func readAtom() -> GrammarItem {
        guard let symbol = peek() else { preconditionFailure("item expected") }
        position += 1
        switch symbol {
        case .quoted(let text):
            if let kind = Self.operators[text] { return GrammarItem(operation: .kind, argument: Int32(kind.rawValue)) }
            guard let keyword = HardKeyword.number(of: Array(text.utf8)) else { preconditionFailure("keyword \(text)") }
            return GrammarItem(operation: .keyword, argument: Int32(keyword))
        case .soft(let text):
            grammar.softTexts.append(Array(text.utf8))
            return GrammarItem(operation: .soft, argument: Int32(grammar.softTexts.count - 1))
        case .mark("("):
            let alternatives = readAlternatives(endingAtNewline: false)
            precondition(accept(.mark(")")))
            return anonymous(alternatives, shape: .choice)
        case .word(let name):
            if let item = Self.terminals[name] { return item }
            return GrammarItem(operation: .rule, argument: number(of: name))
        case .mark, .newline, .loud: preconditionFailure("item expected, not \(symbol)")
        }
    }

    private mutating func anonymous(_ items: [GrammarItem], shape: GrammarRule.Shape) -> GrammarItem {
        let first = Int32(grammar.items.count)
        grammar.items.append(contentsOf: items)
        grammar.actions.append(GrammarAction(kind: items.count == 1 ? .pass : .value(items.count - 1)))
        let alternative = GrammarAlternative(
            firstItem: first, itemCount: Int32(items.count), action: Int32(grammar.actions.count - 1), isMistake: false)
        return anonymous([alternative], shape: shape)
    }

    private mutating func anonymous(_ alternatives: [GrammarAlternative], shape: GrammarRule.Shape) -> GrammarItem {
        var rule = GrammarRule()
        rule.shape = shape
        rule.isAnonymous = true
        rule.firstAlternative = Int32(grammar.alternatives.count)
        rule.alternativeCount = Int32(alternatives.count)
        grammar.alternatives.append(contentsOf: alternatives)
        grammar.rules.append(rule)
        return GrammarItem(operation: .rule, argument: Int32(grammar.rules.count - 1))
    }

    /// `s.e+` is `e (s e)*`, values spliced into one list.
    private mutating func gather(separator: GrammarItem, element: GrammarItem) -> GrammarItem {
        let rest = anonymous([separator, element], shape: .loop0)
        let first = Int32(grammar.items.count)
        grammar.items.append(contentsOf: [element, rest])
        grammar.actions.append(GrammarAction(kind: .node(.list, [0, 1])))
        let alternative = GrammarAlternative(
            firstItem: first, itemCount: 2, action: Int32(grammar.actions.count - 1), isMistake: false)
        return anonymous([alternative], shape: .choice)
    }

    // MARK: Actions

    private mutating func readAction(_ names: [String: Int]) -> GrammarAction {
        var action = GrammarAction()
        if accept(.mark("^")) {
            guard let minor = Int(word()), case .soft(let subject)? = peek() else { preconditionFailure("version") }
            position += 1
            action.version = (minor, subject)
        }
        if accept(.mark("$")) {
            action.kind = .value(slot(word(), names))
        } else if accept(.mark("?")) {
            let name = word()
            guard let decision = MistakeAction(rawValue: name) else { preconditionFailure("action \(name)") }
            action.kind = .decide(decision, slots(names))
        } else if accept(.mark("!")) {
            guard let place = MistakePlace(rawValue: word()) else { preconditionFailure("place") }
            let places = slots(names)
            guard case .soft(let message)? = peek() else { preconditionFailure("message") }
            position += 1
            action.kind = .mistake(place, places, message: message, names: names)
        } else if case .word(let name)? = peek(), let kind = MistakeNodeKind.named(Substring(name)) {
            position += 1
            action.kind = .node(kind, slots(names))
        }
        return action
    }

    private mutating func slots(_ names: [String: Int]) -> [Int] {
        var slots: [Int] = []
        while case .word(let name)? = peek(), let slot = names[name] {
            position += 1
            slots.append(slot)
        }
        return slots
    }

    private func slot(_ name: String, _ names: [String: Int]) -> Int {
        guard let slot = names[name] else { preconditionFailure("no value \(name)") }
        return slot
    }

    private static let terminals: [String: GrammarItem] = {
        var table: [String: GrammarItem] = [
            "NAME": GrammarItem(operation: .name),
            "SOFT_KEYWORD": GrammarItem(operation: .anySoft),
        ]
        let kinds: [(String, TokenKind)] = [
            ("NUMBER", .number), ("STRING", .string), ("NEWLINE", .newline), ("INDENT", .indent), ("DEDENT", .dedent),
            ("ENDMARKER", .endMarker), ("ASYNC", .async), ("AWAIT", .await), ("TYPE_COMMENT", .typeComment),
        ]
        for (name, kind) in kinds { table[name] = GrammarItem(operation: .kind, argument: Int32(kind.rawValue)) }
        return table
    }()

    private static let operators: [String: TokenKind] = [
        "(": .lpar, ")": .rpar, "[": .lsqb, "]": .rsqb, "{": .lbrace, "}": .rbrace, ":": .colon, ",": .comma, ";": .semi,
        "+": .plus, "-": .minus, "*": .star, "/": .slash, "|": .vbar, "&": .amper, "<": .less, ">": .greater,
        "=": .equal, ".": .dot, "%": .percent, "==": .eqEqual, "!=": .notEqual, "<=": .lessEqual, ">=": .greaterEqual,
        "~": .tilde, "^": .circumflex, "<<": .leftShift, ">>": .rightShift, "**": .doubleStar, "+=": .plusEqual,
        "-=": .minEqual, "*=": .starEqual, "/=": .slashEqual, "%=": .percentEqual, "&=": .amperEqual, "|=": .vbarEqual,
        "^=": .circumflexEqual, "<<=": .leftShiftEqual, ">>=": .rightShiftEqual, "**=": .doubleStarEqual,
        "//": .doubleSlash, "//=": .doubleSlashEqual, "@": .at, "@=": .atEqual, "->": .rarrow, "...": .ellipsis,
        ":=": .colonEqual,
    ]
}

/// The reserved words, numbered from 1 in alphabetical order.
enum HardKeyword {
    static let words = [
        "False", "None", "True", "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ]
    private static let numbers: [[UInt8]: UInt8] = {
        var table: [[UInt8]: UInt8] = [:]
        for (index, word) in words.enumerated() { table[Array(word.utf8)] = UInt8(index + 1) }
        return table
    }()

    static func number(of text: [UInt8]) -> UInt8? { numbers[text] }
}
