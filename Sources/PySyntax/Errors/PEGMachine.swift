// Interprets the error pass's grammar over the tokens of a failing source, twice: as CPython's parser read it, and once
// more looking for mistakes. What CPython reports depends on the order of alternatives and on the furthest token read,
// so both are kept exactly; frames are on a stack of our own, so that nesting costs no native stack.
// CPython: Tools/peg_generator (how generated parsers behave), Parser/pegen.c.
import PyUnicode

/// A value of the machine: nothing, a token, or a node.
struct MistakeValue: Equatable {
    let raw: Int32
    static let none = MistakeValue(raw: -1)
    static func token(_ index: Int) -> MistakeValue { MistakeValue(raw: -2 - Int32(truncatingIfNeeded: index)) }
    static func node(_ index: Int) -> MistakeValue { MistakeValue(raw: Int32(truncatingIfNeeded: index)) }
    var tokenIndex: Int? { raw <= -2 ? Int(-2 - raw) : nil }
    var nodeIndex: Int? { raw >= 0 ? Int(raw) : nil }
}

/// A node: its kind, the tokens it spans, its children in `PEGMachine.children`.
struct MistakeNode {
    var kind: MistakeNodeKind
    /// First token.
    var start: Int32
    /// Last token, inclusive.
    var last: Int32
    var firstChild: Int32
    var childCount: Int32
}

struct PEGMachine {
    let grammar: ErrorGrammar
    let tokens: MistakeTokens
    private let keywords: [UInt8]
    /// The number of brackets open after each token.
    let levels: [UInt16]
    let literals: LiteralCheck
    var options: ParseOptions { literals.context.options }

    /// The number of tokens read so far; never less than before.
    private(set) var fill = 0
    /// Whether `invalid_` rules are tried.
    private(set) var looksForMistakes = false

    private(set) var position = 0
    private var frames: [Frame] = []
    private var values: [MistakeValue] = []
    private var loopValues: [MistakeValue] = []
    private(set) var nodes: [MistakeNode] = []
    private(set) var children: [MistakeValue] = []
    /// Results remembered, in a chain per token: what is asked for together was made together.
    private var memo: [Memo] = []
    private var memoHeads: [Int32] = []

    private struct Memo {
        /// Rule and mode.
        var key: UInt32
        var value: MistakeValue
        var isMatch: Bool
        var end: Int32
        /// Index of the next one for the same token, or -1.
        var next: Int32
    }

    private struct Frame {
        var rule: Int32
        var alternative: Int32
        var item: Int32
        /// Token position at entry, and at the start of the current item and loop round.
        var start: Int32
        var itemStart: Int32
        var roundStart: Int32
        var valueBase: Int32
        var loopBase: Int32
        /// Left recursion: the best match so far.
        var bestEnd: Int32
        var best: MistakeValue
        var isGrowing: Bool
        var isCut: Bool
        var lookedForMistakes: Bool
    }

    private enum Signal {
        case go, match(MistakeValue), fail
    }

    /// CPython's MAXSTACK: nested rule calls.
    private static let maximumDepth = 6000

    init(grammar: ErrorGrammar, tokens: MistakeTokens, literals: LiteralCheck) {
        self.grammar = grammar
        self.tokens = tokens
        (keywords, levels) = tokens.keywordsAndLevels()
        self.literals = literals
    }

    /// Parses from the first token.
    /// - Returns: whether the source matches.
    /// - Throws: the error CPython raises while parsing.
    mutating func run(_ startRule: String, lookingForMistakes: Bool) throws(SourceError) -> Bool {
        looksForMistakes = lookingForMistakes
        position = 0
        memo.removeAll(keepingCapacity: true)
        memoHeads = [Int32](repeating: -1, count: tokens.count + 1)
        nodes.removeAll(keepingCapacity: true)
        children.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        loopValues.removeAll(keepingCapacity: true)
        guard let rule = grammar.ruleNumbers[startRule] else { return false }
        var signal = try call(rule)
        while !frames.isEmpty {
            switch signal {
            case .go: signal = try step()
            case .match(let value): signal = try receive(value)
            case .fail: signal = try receiveFailure()
            }
        }
        if case .match = signal { return true }
        return false
    }

    // MARK: Tokens

    /// Reads the token at `position`. The error token raises what stopped the tokenizer.
    private mutating func touch() throws(SourceError) -> Int {
        let index = min(position, tokens.count - 1)
        if index >= fill {
            fill = index + 1
            if tokens[index].kind == .errorToken { throw tokens.tokenizerError() }
        }
        return index
    }

    private func matches(_ item: GrammarItem, token index: Int) -> Bool {
        let token = tokens[index]
        switch item.operation {
        case .kind: return Int32(token.kind.rawValue) == item.argument
        case .keyword: return Int32(keywords[index]) == item.argument
        case .name: return token.kind == .name && keywords[index] == 0
        case .soft: return token.kind == .name && tokens.text(index) == grammar.softTexts[Int(item.argument)]
        case .anySoft:
            guard token.kind == .name, keywords[index] == 0 else { return false }
            // CPython compares as many bytes as the name has, so that `c` passes for `case`.
            let text = tokens.text(index)
            return text == [0x5F] || "case".utf8.starts(with: text) || "match".utf8.starts(with: text)
        case .rule, .cut: return false
        }
    }

    // MARK: Calls and returns

    private func key(_ rule: Int32) -> UInt32 {
        let shared = grammar.rules[Int(rule)].isShared || grammar.rules[Int(rule)].isLeftRecursive
        return UInt32(bitPattern: rule) << 2 | (shared ? 2 : looksForMistakes ? 1 : 0)
    }

    /// The index in `memo` of the result of `rule` at a token; nil if it is not known.
    private func remembered(_ rule: Int32, at position: Int32) -> Int? {
        let key = key(rule)
        var index = memoHeads[min(Int(position), memoHeads.count - 1)]
        while index >= 0 {
            let entry = memo[Int(index)]
            if entry.key == key { return Int(index) }
            index = entry.next
        }
        return nil
    }

    private mutating func remember(_ rule: Int32, at position: Int32, _ value: MistakeValue?, end: Int32) {
        if let index = remembered(rule, at: position) {
            memo[index].value = value ?? .none
            memo[index].isMatch = value != nil
            memo[index].end = end
            return
        }
        let head = min(Int(position), memoHeads.count - 1)
        memo.append(
            Memo(key: key(rule), value: value ?? .none, isMatch: value != nil, end: end, next: memoHeads[head]))
        memoHeads[head] = Int32(truncatingIfNeeded: memo.count - 1)
    }

    private mutating func call(_ number: Int32) throws(SourceError) -> Signal {
        let rule = grammar.rules[Int(number)]
        if !rule.isAnonymous, !rule.isFresh {
            if rule.isShared || rule.isLeftRecursive { _ = try touch() }
            if let index = remembered(number, at: Int32(position)) {
                let known = memo[index]
                guard known.isMatch else { return .fail }
                position = Int(known.end)
                return .match(known.value)
            }
        }
        if rule.isLeftRecursive {
            remember(number, at: Int32(position), nil, end: Int32(position))
            try push(number, isGrowing: true)
        }
        try push(number, isGrowing: false)
        return .go
    }

    private mutating func push(_ number: Int32, isGrowing: Bool) throws(SourceError) {
        if frames.count >= Self.maximumDepth { throw SourceError(kind: .memoryError, message: "") }
        let rule = grammar.rules[Int(number)]
        let start = Int32(position)
        frames.append(
            Frame(
                rule: number, alternative: rule.firstAlternative - 1, item: 0, start: start, itemStart: start,
                roundStart: start, valueBase: Int32(values.count), loopBase: Int32(loopValues.count), bestEnd: start,
                best: .none, isGrowing: isGrowing, isCut: false, lookedForMistakes: looksForMistakes))
        if isGrowing { return }
        if rule.isStrict { looksForMistakes = false }
        _ = advanceAlternative(frames.count - 1)
    }

    /// Moves to the next alternative that is to be tried; false if there is none.
    private mutating func advanceAlternative(_ top: Int) -> Bool {
        let rule = grammar.rules[Int(frames[top].rule)]
        let end = rule.firstAlternative + rule.alternativeCount
        var alternative = frames[top].alternative + 1
        while alternative < end, !looksForMistakes, grammar.alternatives[Int(alternative)].isMistake { alternative += 1 }
        frames[top].alternative = alternative
        guard alternative < end else { return false }
        frames[top].item = 0
        position = Int(frames[top].roundStart)
        values.removeSubrange(Int(frames[top].valueBase)...)
        return true
    }

    /// Leaves the top frame.
    private mutating func leave(_ value: MistakeValue?) -> Signal {
        let frame = frames.removeLast()
        values.removeSubrange(Int(frame.valueBase)...)
        loopValues.removeSubrange(Int(frame.loopBase)...)
        let rule = grammar.rules[Int(frame.rule)]
        if rule.isStrict { looksForMistakes = frame.lookedForMistakes }
        if !rule.isAnonymous, !rule.isFresh, !rule.isLeftRecursive {
            remember(frame.rule, at: frame.start, value, end: Int32(position))
        }
        if let value { return .match(value) }
        return .fail
    }

    // MARK: Steps

    private mutating func step() throws(SourceError) -> Signal {
        let top = frames.count - 1
        let rule = grammar.rules[Int(frames[top].rule)]
        guard frames[top].alternative < rule.firstAlternative + rule.alternativeCount else { return leave(nil) }
        let alternative = grammar.alternatives[Int(frames[top].alternative)]
        guard frames[top].item < alternative.itemCount else { return try complete(top, alternative, rule) }
        let item = grammar.items[Int(alternative.firstItem + frames[top].item)]
        frames[top].itemStart = Int32(position)
        switch item.operation {
        case .cut:
            frames[top].isCut = true
            store(.none, top)
            return .go
        case .rule: return try call(item.argument)
        case .kind, .keyword, .name, .soft, .anySoft:
            let index = try touch()
            if matches(item, token: index) {
                position += 1
                return try receive(.token(index))
            }
            if item.mode == .forced { throw forcedError(item, at: index) }
            return try receiveFailure()
        }
    }

    private mutating func store(_ value: MistakeValue, _ top: Int) {
        values.append(value)
        frames[top].item += 1
    }

    /// The current item of the top frame matched.
    private mutating func receive(_ value: MistakeValue) throws(SourceError) -> Signal {
        let top = frames.count - 1
        if frames[top].isGrowing { return try grow(value) }
        switch currentItem(top).mode {
        case .plain, .optional, .forced:
            store(value, top)
            return .go
        case .and:
            position = Int(frames[top].itemStart)
            store(.none, top)
            return .go
        case .not: return try failAlternative(top)
        }
    }

    /// The current item of the top frame did not match.
    private mutating func receiveFailure() throws(SourceError) -> Signal {
        let top = frames.count - 1
        if frames[top].isGrowing { return try grow(nil) }
        switch currentItem(top).mode {
        case .plain, .and, .forced: return try failAlternative(top)
        case .optional, .not:
            position = Int(frames[top].itemStart)
            store(.none, top)
            return .go
        }
    }

    private func currentItem(_ top: Int) -> GrammarItem {
        let alternative = grammar.alternatives[Int(frames[top].alternative)]
        return grammar.items[Int(alternative.firstItem + frames[top].item)]
    }

    /// Left recursion: try again with the longer match, until it grows no more.
    private mutating func grow(_ value: MistakeValue?) throws(SourceError) -> Signal {
        let top = frames.count - 1
        let frame = frames[top]
        guard let value, position > Int(frame.bestEnd) else {
            position = Int(frame.bestEnd)
            frames.removeLast()
            if frame.bestEnd == frame.start { return .fail }
            return .match(frame.best)
        }
        frames[top].best = value
        frames[top].bestEnd = Int32(position)
        remember(frame.rule, at: frame.start, value, end: Int32(position))
        position = Int(frame.start)
        try push(frame.rule, isGrowing: false)
        return .go
    }

    private mutating func failAlternative(_ top: Int) throws(SourceError) -> Signal {
        switch grammar.rules[Int(frames[top].rule)].shape {
        case .loop0, .loop1: return finishLoop(top)
        case .choice:
            if frames[top].isCut || !advanceAlternative(top) { return leave(nil) }
            return .go
        }
    }

    private mutating func finishLoop(_ top: Int) -> Signal {
        position = Int(frames[top].roundStart)
        let base = Int(frames[top].loopBase)
        if base == loopValues.count, grammar.rules[Int(frames[top].rule)].shape == .loop1 { return leave(nil) }
        let first = children.count
        children.append(contentsOf: loopValues[base...])
        return leave(addNode(.list, from: Int(frames[top].start), firstChild: first))
    }

    /// All items of an alternative matched.
    private mutating func complete(
        _ top: Int, _ alternative: GrammarAlternative, _ rule: GrammarRule
    ) throws(SourceError) -> Signal {
        let value = try perform(grammar.actions[Int(alternative.action)], top, alternative)
        guard rule.shape != .choice else { return leave(value) }
        guard let value else { return finishLoop(top) }
        loopValues.append(value)
        if position == Int(frames[top].roundStart) { return finishLoop(top) }
        frames[top].roundStart = Int32(position)
        frames[top].item = 0
        values.removeSubrange(Int(frames[top].valueBase)...)
        return .go
    }

    // MARK: Values

    /// Runs an action; nil makes the rule fail at once.
    private mutating func perform(
        _ action: GrammarAction, _ top: Int, _ alternative: GrammarAlternative
    ) throws(SourceError) -> MistakeValue? {
        let base = Int(frames[top].valueBase)
        if let version = action.version, options.featureVersion < version.minor {
            throw error("\(version.subject) only supported in Python 3.\(version.minor) and greater")
        }
        switch action.kind {
        case .pass:
            if alternative.itemCount == 1 { return values[base] }
            return addNode(.other, from: Int(frames[top].start), firstChild: children.count)
        case .value(let slot): return values[base + slot]
        case .node(let kind, let slots):
            let first = children.count
            for slot in slots { append(values[base + slot]) }
            return addNode(kind, from: Int(frames[top].start), firstChild: first)
        case .mistake(let place, let slots, let message, let names):
            let text = expand(message, names) { values[base + $0] }
            throw error(text, place, slots.map { values[base + $0] })
        case .decide(let decision, let slots):
            return try decide(decision, slots.map { values[base + $0] }, from: Int(frames[top].start))
        }
    }

    /// Adds a child; a list is spliced.
    private mutating func append(_ value: MistakeValue) {
        if let index = value.nodeIndex, nodes[index].kind == .list {
            let node = nodes[index]
            for child in node.firstChild..<(node.firstChild + node.childCount) { children.append(children[Int(child)]) }
        } else if value != .none {
            children.append(value)
        }
    }

    mutating func addNode(_ kind: MistakeNodeKind, from start: Int, firstChild: Int) -> MistakeValue {
        var last = position - 1
        // A node ends with its last token that has text.
        while last > start, tokens[min(last, tokens.count - 1)].isWhitespace { last -= 1 }
        nodes.append(
            MistakeNode(
                kind: kind, start: Int32(start), last: Int32(max(start, last)), firstChild: Int32(firstChild),
                childCount: Int32(children.count - firstChild)))
        return .node(nodes.count - 1)
    }

    func childrenOf(_ value: MistakeValue) -> ArraySlice<MistakeValue> {
        guard let index = value.nodeIndex else { return [] }
        let node = nodes[index]
        return children[Int(node.firstChild)..<Int(node.firstChild + node.childCount)]
    }

    func kind(of value: MistakeValue) -> MistakeNodeKind {
        if let index = value.nodeIndex { return nodes[index].kind }
        if let token = value.tokenIndex, tokens[token].kind == .name { return .name }
        return .other
    }

    func firstToken(of value: MistakeValue) -> Int {
        if let index = value.nodeIndex { return min(Int(nodes[index].start), tokens.count - 1) }
        return value.tokenIndex ?? 0
    }

    func lastToken(of value: MistakeValue) -> Int {
        if let index = value.nodeIndex { return min(Int(nodes[index].last), tokens.count - 1) }
        return value.tokenIndex ?? 0
    }
}
